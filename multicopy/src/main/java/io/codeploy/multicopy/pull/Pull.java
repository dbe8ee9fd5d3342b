package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Plan;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.shell.NoShellException;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pull from one node: list, compare, fetch what is missing into a stage, check it, rename it into
 * its place. docs/multicopy.md tells the steps.
 */
public final class Pull {
  private final Connection connection;
  private final Progress progress;
  private final Duration limit;
  private final Selection selection;
  private final Optional<Into> into;
  private final Set<Path> reserved;

  /**
   * @param limit for opening a channel
   * @param selection what is taken, and what is left here
   * @param into another layout below the destination
   * @param reserved names in the destination for what comes from elsewhere, that none may have
   */
  public Pull(
      Connection connection,
      Progress progress,
      Duration limit,
      Selection selection,
      Optional<Into> into,
      Set<Path> reserved) {
    this.reserved = Set.copyOf(reserved);
    this.selection = selection;
    this.into = into;
    this.connection = connection;
    this.progress = progress;
    this.limit = limit;
  }

  /**
   * Copies what {@code paths} mean on the node, files or patterns, to {@code destination} here.
   *
   * @return what would be done, where nothing is to be done
   * @throws IOException for what went wrong here or there. What is told of single files has not
   *     kept the others from arriving
   */
  public Optional<Plan> run(List<String> paths, String destination)
      throws IOException, InterruptedException {
    try {
      return from(new ShellOrigin(connection, limit, progress), paths, destination);
    } catch (NoShellException e) {
      // What it lacks, SFTP may have.
      try (RemoteFiles files = connection.files(limit)) {
        return from(new SftpOrigin(files.fileSystem(), progress), paths, destination);
      }
    }
  }

  Optional<Plan> from(Origin origin, List<String> paths, String destination)
      throws IOException, InterruptedException {
    boolean gathers =
        into.isPresent() || paths.size() > 1 || paths.stream().anyMatch(Glob::isPattern);
    Place place = Place.of(destination, gathers);
    Problems problems = new Problems();
    List<RemoteSource> sources =
        origin.list(paths.stream().map(Wire::of).toList(), selection, problems);
    List<LocalTree> trees =
        new Comparison(place, source -> target(place, source), selection)
            .of(sources, problems.none());
    if (selection.equality() == Selection.Equality.DIGEST) {
      new LocalDigests(trees, progress).decide(origin);
    }
    Optional<LocalOwners> owners = LocalOwners.of(origin, sources, selection.details());
    for (LocalTree tree : trees) {
      tree.settle(owners);
    }
    if (selection.dryRun()) {
      problems.check(false);
      return Optional.of(PullPlan.of(trees));
    }
    List<LocalTree> missing = trees.stream().filter(tree -> !tree.isSame()).toList();
    Work work = Work.of(trees);
    progress.plan(work.lacking(), Amount.NONE, work.skipped());
    StageOwner owner = StageOwner.current();
    long rest = sources.stream().mapToLong(source -> source.entries().size()).sum();
    if (!missing.isEmpty()) {
      Files.createDirectories(place.base());
      String purpose = String.join("\0", paths) + '\0' + destination;
      Stage stage = Stage.claim(place.base(), key(purpose, missing), owner);
      Arrival arrival = new Arrival(place.base(), stage, missing, progress, work, owners);
      rest -= through(stage, arrival, origin, problems);
    } else if (!sources.isEmpty()) {
      Stage.clear(place.base(), owner);
    }
    problems.check(rest > 0);
    return Optional.empty();
  }

  private Path target(Place place, RemoteSource source) throws NodeFailedException {
    if (into.isPresent()) {
      return into.get().of(connection.node(), source);
    }
    Path target = place.of(source);
    if (reserved.contains(target)) {
      throw Problems.failure(
          "%s and a source here would both be %s here"
              .formatted(RemoteSource.text(source.path()), target));
    }
    return target;
  }

  /** Of a stage that may be taken over by a later run: one for the same purpose. */
  private String key(String purpose, List<LocalTree> trees) {
    StringBuilder text = new StringBuilder(connection.node().name()).append('\0').append(purpose);
    if (selection.details().contains(Detail.XATTRS)) {
      text.append('\0').append(Detail.XATTRS);
    }
    for (LocalTree tree : trees) {
      for (RemoteEntry entry : tree.source().entries()) {
        if (entry.isFile() && Arrival.isLarge(entry.found())) {
          text.append('\0').append(tree.source().path(entry)).append(entry.found());
        }
      }
    }
    return Fingerprint.of(text.toString());
  }

  /** Says how many files did not arrive. */
  private long through(Stage stage, Arrival arrival, Origin origin, Problems problems)
      throws IOException, InterruptedException {
    try {
      // What comes by tar, as extended attributes do, comes whole.
      boolean byTar = selection.details().contains(Detail.XATTRS);
      List<Incoming> files = arrival.prepare(origin.digests() && !byTar);
      fetch(files, byTar, origin, problems);
      if (origin.digests()) {
        check(files.stream().filter(Incoming::arrived).toList(), origin, problems);
      }
      arrival.settle(problems.none());
      stage.remove();
      return files.stream().filter(file -> !file.arrived()).count();
    } catch (IOException e) {
      if (isFinal(e)) {
        try {
          stage.remove();
        } catch (IOException left) {
          e.addSuppressed(left);
        }
      }
      throw e;
    }
  }

  /** Whether the next run would find in the stage nothing that it can use. */
  private static boolean isFinal(IOException e) {
    boolean lost =
        e instanceof NodeFailedException failed
            && !(failed.failure() instanceof NodeFailure.RemoteFailure);
    return !lost && !Thread.currentThread().isInterrupted();
  }

  private static void fetch(List<Incoming> files, boolean byTar, Origin origin, Problems problems)
      throws IOException, InterruptedException {
    List<Incoming> small = new ArrayList<>();
    for (Incoming file : files) {
      if (file.written() == file.listed().size() && file.written() > 0) {
        file.keep();
      } else if (Arrival.isLarge(file.listed()) && !byTar) {
        origin.fetchRest(file, problems);
      } else {
        small.add(file);
      }
    }
    if (!small.isEmpty()) {
      origin.fetch(small, problems);
    }
  }

  private static void check(List<Incoming> files, Origin origin, Problems problems)
      throws IOException, InterruptedException {
    if (files.isEmpty()) {
      return;
    }
    List<Optional<String>> sums = origin.sums(files.stream().map(Incoming::path).toList());
    for (int i = 0; i < files.size(); i++) {
      Incoming file = files.get(i);
      Optional<String> sum = Optional.of(file.sum());
      // What has grown since is as good as it was when it was listed.
      if (!sums.get(i).equals(sum) && !origin.sumOfListed(file).equals(sum)) {
        file.reject();
        problems.add(RemoteSource.text(file.path()), Incoming.CHANGED);
      }
    }
  }
}
