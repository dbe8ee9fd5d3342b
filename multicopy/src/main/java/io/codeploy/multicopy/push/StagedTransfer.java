package io.codeploy.multicopy.push;

import io.codeploy.multicopy.compress.Squeezer;
import io.codeploy.multicopy.progress.Counted;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.progress.Tail;
import io.codeploy.multicopy.shell.Look;
import io.codeploy.multicopy.shell.Way;
import io.codeploy.multicopy.source.LinesInput;
import io.codeploy.multicopy.source.Reel;
import io.codeploy.multicopy.source.Runs;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.shell.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The channels of a push into its stage, one after another. */
final class StagedTransfer {
  private static final String RECEIVE =
      """
      unset CDPATH
      cd "$1" || exit
      echo $$ 2>/dev/null >"$2/w"
      [ -z "$3" ] && exec tar -x -p -o $4 -f - -C "$2"
      $3 | tar -x -p -o $4 -f - -C "$2"
      """;

  private static final String RECEIVE_AND_READ =
      """
      unset CDPATH
      cd "$1" || exit
      echo $$ 2>/dev/null >"$2/w"
      if [ -z "$3" ]; then tar -x -p -o $4 -f - -C "$2"
      else $3 | tar -x -p -o $4 -f - -C "$2"
      fi || exit
      cd "$2/t" || exit
      """
          + ReadBack.SCRIPT;

  private static final String APPEND =
      """
      unset CDPATH
      umask 077
      cd "$1" || exit
      [ -d "${2%/*}" ] || mkdir -p "${2%/*}" || exit
      echo $$ 2>/dev/null >"$4/w"
      [ "$3" = 0 ] && exec ${5:-cat} >"$2"
      [ -w "$2" ] || chmod u+w "$2" || exit
      exec ${5:-cat} >>"$2"
      """;

  private final Connection connection;
  private final String base;
  private final String stage;
  private final Progress progress;
  private final Squeezer squeezer;

  StagedTransfer(
      Connection connection, String base, String stage, Progress progress, Squeezer squeezer) {
    this.connection = connection;
    this.base = base;
    this.stage = stage;
    this.progress = progress;
    this.squeezer = squeezer;
  }

  /**
   * Sends the large files of a tree, each from where an earlier run was cut off, but for those that
   * the tar stream gets: where there is one, files that have no holes and are sent whole. What
   * arrives of them can be continued all the same.
   *
   * @param sparse what tells their holes, where the node can make some
   */
  void sendLarge(NodeTree tree, Way way, Optional<Sources> sparse)
      throws IOException, InterruptedException {
    for (int i = 0; i < tree.size(); i++) {
      SourceEntry entry = tree.entry(i);
      if (NodeTree.isLarge(entry) && tree.toSend(i)) {
        Optional<Runs> runs = runs(entry, sparse);
        if (runs.isPresent()) {
          sendRuns(tree, i, runs.get());
        } else if (way == Way.TAR && tree.begun(i) == 0) {
          tree.stream(i);
        } else {
          sendWhole(tree, i);
        }
      }
    }
  }

  private Optional<Runs> runs(SourceEntry entry, Optional<Sources> sparse)
      throws IOException, InterruptedException {
    try (Progress.OwnWork reading = progress.ownWork()) {
      return sparse.isPresent() ? sparse.get().runs(entry) : Optional.empty();
    }
  }

  private void sendWhole(NodeTree tree, int index) throws IOException, InterruptedException {
    long from = tree.begun(index);
    try (InputStream content = new Counted(new FileInput(tree.entry(index), from), progress)) {
      Squeezer.Sent sent = squeezer.of(content);
      run(
          APPEND,
          List.of(stage + "/t/" + tree.path(index), Long.toString(from), stage, sent.undo()),
          sent.stream());
    }
  }

  private void sendRuns(NodeTree tree, int index, Runs runs)
      throws IOException, InterruptedException {
    SourceEntry entry = tree.entry(index);
    long from = tree.begun(index);
    try (InputStream content = new SparseInput(entry, runs.from(from))) {
      run(
          SparseInput.RECEIVE,
          List.of(
              stage + "/t/" + tree.path(index),
              Long.toString(from),
              stage,
              Long.toString(entry.size())),
          new Counted(content, progress));
    }
  }

  /** Sends everything but large files to a node without tar. */
  void sendByCat(List<NodeTree> trees) throws IOException, InterruptedException {
    ByCat scripts = new ByCat(base, stage);
    succeed("exec sh", new LinesInput(scripts.before(trees).iterator()));
    for (NodeTree tree : trees) {
      for (int i = 0; i < tree.size(); i++) {
        SourceEntry entry = tree.entry(i);
        if (entry.isFile() && !tree.isApart(i) && tree.toSend(i)) {
          sendWhole(tree, i);
        }
      }
    }
    succeed("exec sh", new LinesInput(scripts.after(trees).iterator()));
  }

  /**
   * Sends everything else.
   *
   * @return whether the node has told that it has read all of it back as it was sent
   */
  boolean sendTar(List<NodeTree> trees, TarHeaders headers, Sources sources)
      throws IOException, InterruptedException {
    Optional<Reel> shared = SharedTar.of(trees, headers, sources, squeezer);
    if (shared.isPresent()) {
      Reel reel = shared.get();
      String told =
          run(
              ReadBack.pays(trees, headers) ? RECEIVE_AND_READ : RECEIVE,
              List.of(stage, reel.form(), headers.options()),
              new ReelInput(reel, progress));
      return ReadBack.isTold(told, reel.seal());
    }
    try (TarStream tar = new TarStream(Members.of(trees, headers, sources), progress)) {
      Squeezer.Sent sent = squeezer.of(tar);
      run(RECEIVE, List.of(stage, sent.undo(), headers.options()), sent.stream());
      return false;
    }
  }

  private String run(String script, List<String> arguments, InputStream stdin)
      throws IOException, InterruptedException {
    List<byte[]> all = new ArrayList<>(List.of(Wire.bytes(base)));
    arguments.forEach(argument -> all.add(Wire.bytes(argument)));
    return succeed(Script.commandOfBytes(script, all), stdin);
  }

  /** The last line that a command said, which has to succeed. */
  private String succeed(String command, InputStream stdin)
      throws IOException, InterruptedException {
    Tail said = new Tail(progress);
    Tail errors = new Tail();
    ExitStatus status = connection.execute(command, stdin, said, errors, Duration.ZERO);
    if (!status.success()) {
      throw ShellPush.complaint(errors.text());
    }
    return said.lastLine("");
  }

  /** Copies what the node has elsewhere. */
  void copyOnNode(OnNode script) throws IOException, InterruptedException {
    Tail said = new Tail(progress);
    Tail errors = new Tail();
    connection.execute(
        "exec sh", new LinesInput(script.lines().iterator()), said, errors, Duration.ZERO);
    if (!said.lastLine("").equals("done")) {
      throw ShellPush.complaint(errors.text());
    }
  }

  /** Puts it all into its place. Nothing more can be asked of {@code look}. */
  void finish(Look look, FinishScript script) throws IOException {
    String said = look.finish(new LinesInput(script.lines().iterator()), progress);
    String last = said.strip();
    if (!last.equals("done")) {
      int failed = last.indexOf("failed ");
      throw ShellPush.complaint(failed < 0 ? said : last.substring(failed + 7));
    }
  }

  /** Removes the stage, after a failure that will come again. */
  void remove() throws InterruptedException {
    try {
      connection.execute(
          "exec sh",
          new LinesInput(List.of(FinishScript.removal(base, stage)).iterator()),
          new Tail(progress),
          OutputStream.nullOutputStream(),
          Duration.ZERO);
    } catch (IOException e) {
      // The next run removes it.
    }
  }
}
