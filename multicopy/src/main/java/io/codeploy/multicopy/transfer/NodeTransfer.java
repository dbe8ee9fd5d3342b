package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.compress.Squeezing;
import io.codeploy.multicopy.expand.Location;
import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.plan.Plan;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.progress.StallWatch;
import io.codeploy.multicopy.pull.Glob;
import io.codeploy.multicopy.pull.Pull;
import io.codeploy.multicopy.push.OwnStage;
import io.codeploy.multicopy.push.PushMeans;
import io.codeploy.multicopy.push.ShellPush;
import io.codeploy.multicopy.shell.NoShellException;
import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.fanout.Pass;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The copy for one node, from connecting to the last rename; may be begun again. One thread. */
final class NodeTransfer {
  private final CopyMeans means;
  private final NodeCopy copy;
  private final Turn turn;
  private final NodeClock clock;
  private final Progress progress;
  private final String key;
  private final OwnStage own = new OwnStage();
  private Optional<Plan> plan = Optional.empty();

  /**
   * @param key of temporary names, of 16 hexadecimal digits, which no other copy has
   */
  NodeTransfer(
      CopyMeans means, NodeCopy copy, Turn turn, NodeClock clock, Progress progress, String key) {
    this.means = means;
    this.copy = copy;
    this.turn = turn;
    this.clock = clock;
    this.progress = progress;
    this.key = key;
  }

  CopyTotals run() throws NodeFailedException, InterruptedException {
    try {
      if (copy.remote()) {
        overSsh();
      } else {
        copyTo(FileSystems.getDefault(), local());
      }
      return CopyTotals.of(progress).with(plan);
    } catch (NodeFailedException e) {
      throw e;
    } catch (IOException e) {
      if (isInterruption(e)) {
        throw new InterruptedException();
      }
      throw new NodeFailedException(new NodeFailure.RemoteFailure(describe(e)), e);
    }
  }

  private void overSsh() throws IOException, InterruptedException {
    try (Connection connection = means.connector().connect(copy.node(), clock.left())) {
      clock.connected();
      try (Pass pass = turn.enter()) {
        clock.forgive(pass.waited());
        watched(connection);
      }
    }
  }

  private void watched(Connection connection) throws IOException, InterruptedException {
    StallWatch.Limits limits =
        new StallWatch.Limits(means.request().limits().progress(), clock.left());
    try (StallWatch watch =
        new StallWatch(copy.node().name(), progress, limits, means.time(), connection::close)) {
      try {
        unwrapped(connection);
      } catch (IOException e) {
        Optional<NodeFailure> limit = watch.reached().map(this::timedOut);
        if (limit.isPresent()) {
          throw new NodeFailedException(limit.get(), e);
        }
        if (!(e instanceof NodeFailedException) && !isInterruption(e) && !connection.isOpen()) {
          throw new NodeFailedException(
              new NodeFailure.Disconnected("connection lost: " + describe(e)), e);
        }
        throw e;
      }
    }
  }

  /** A file system over SFTP whose connection is lost throws what need not be declared. */
  private void unwrapped(Connection connection) throws IOException, InterruptedException {
    try {
      transfer(connection);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Whoever closed something since may have cleared the flag. */
  private static boolean isInterruption(IOException thrown) {
    return Thread.currentThread().isInterrupted() || Causes.isInterruption(thrown);
  }

  private NodeFailure timedOut(StallWatch.Limit limit) {
    return switch (limit) {
      case WHOLE -> clock.whole();
      case PROGRESS -> new NodeFailure.TimedOut("progress", means.request().limits().progress());
    };
  }

  private PushMeans pushMeans() {
    CopyRequest request = means.request();
    return new PushMeans(
        means.sources(),
        request.selection(),
        new Squeezing(request.sending().compression(), means.time()));
  }

  private void transfer(Connection connection) throws IOException, InterruptedException {
    if (copy.destination() instanceof Location.Local) {
      toHere(connection);
      return;
    }
    try {
      plan =
          new ShellPush(
                  connection,
                  pushMeans(),
                  progress,
                  means.place(copy),
                  means.request().limits().connect(),
                  own)
              .run(copy.sources(), copy.destination().path());
    } catch (NoShellException e) {
      // What it lacks, SFTP may have.
      if (!means.request().selection().isPlain()) {
        throw new NodeFailedException(
            new NodeFailure.RemoteFailure(
                "--checksum, --delete, --preserve and --dry-run: " + e.getMessage()),
            e);
      }
      overSftp(connection);
    }
  }

  /** What comes from the node, and then what comes from here. */
  private void toHere(Connection connection) throws IOException, InterruptedException {
    List<String> paths = new ArrayList<>();
    List<Source> here = new ArrayList<>();
    for (Location source : copy.sources()) {
      switch (source) {
        case Location.Local local -> here.add(new Source(Path.of(local.path())));
        case Location.Remote remote -> paths.add(remote.path());
      }
    }
    Set<Path> names = names(here);
    // Several sources ask for a directory.
    String destination = copy.destination().path() + (here.isEmpty() ? "" : "/");
    plan =
        new Pull(
                connection,
                progress,
                means.request().limits().connect(),
                means.request().selection(),
                means.request().into(),
                names)
            .run(paths, destination);
    if (!here.isEmpty()) {
      copyTo(FileSystems.getDefault(), here);
    }
  }

  /** What sources are called where they go, each of its own. */
  private static Set<Path> names(List<Source> sources) throws IOException {
    Set<Path> names = new HashSet<>();
    for (Source source : sources) {
      Path name = source.path().toAbsolutePath().normalize().getFileName();
      if (name != null && !names.add(name)) {
        throw new FileSystemException(name.toString(), null, "two sources are called so");
      }
    }
    return names;
  }

  private void overSftp(Connection connection) throws IOException, InterruptedException {
    // Where a source goes depends on what is there, which is another thing the second time.
    progress.commit();
    try (RemoteFiles files = connection.files(means.request().limits().connect())) {
      List<Source> sources = new ArrayList<>();
      for (Location source : copy.sources()) {
        sources.addAll(resolve(source, files.fileSystem()));
      }
      copyTo(files.fileSystem(), sources);
    }
  }

  private List<Source> local() throws IOException {
    List<Source> sources = new ArrayList<>();
    for (Location source : copy.sources()) {
      sources.addAll(resolve(source, FileSystems.getDefault()));
    }
    return sources;
  }

  private List<Source> resolve(Location source, FileSystem remote) throws IOException {
    return switch (source) {
      // The local shell has expanded local patterns; what is left of them is a name.
      case Location.Local name -> List.of(new Source(Path.of(name.path())));
      case Location.Remote pattern ->
          Glob.expand(remote, pattern.path()).stream().map(Source::new).toList();
    };
  }

  private void copyTo(FileSystem files, List<Source> sources) throws IOException {
    String path = copy.destination().path();
    Placement placement = Placement.of(files.getPath(path), !path.endsWith("/"), sources.size());
    Set<Path> taken = new HashSet<>();
    for (Source source : sources) {
      Path target = placement.of(source.path());
      if (!taken.add(target)) {
        throw new FileSystemException(target.toString(), null, "two sources are called so");
      }
    }
    for (Source source : sources) {
      TreeCopy.copy(
          source.path(),
          placement.of(source.path()),
          progress,
          means.request().selection().exclusion(),
          key);
    }
  }

  private static String describe(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or directory";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileAlreadyExistsException other ->
          other.getFile() + ": exists and is not what is copied there; remove it first";
      case FileSystemException other ->
          other.getReason() == null
              ? String.valueOf(other.getMessage())
              : other.getFile() + ": " + other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /** A source after expansion. */
  private record Source(Path path) {}
}
