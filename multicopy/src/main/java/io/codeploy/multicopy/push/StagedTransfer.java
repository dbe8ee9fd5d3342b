package io.codeploy.multicopy.push;

import io.codeploy.multicopy.progress.Counted;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.progress.Tail;
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

/** The channels of a push into its stage, one after another. */
final class StagedTransfer {
  private static final String RECEIVE =
      """
      unset CDPATH
      cd "$1" || exit
      echo $$ 2>/dev/null >"$2/w"
      exec tar -x -p -o -f - -C "$2"
      """;

  private static final String APPEND =
      """
      unset CDPATH
      umask 077
      cd "$1" && mkdir -p "${2%/*}" || exit
      echo $$ 2>/dev/null >"$4/w"
      [ "$3" = 0 ] && exec cat >"$2"
      exec cat >>"$2"
      """;

  private final Connection connection;
  private final String base;
  private final String stage;
  private final Progress progress;

  StagedTransfer(Connection connection, String base, String stage, Progress progress) {
    this.connection = connection;
    this.base = base;
    this.stage = stage;
    this.progress = progress;
  }

  /** Sends the large files of a tree, each from where an earlier run was cut off. */
  void sendLarge(NodeTree tree) throws IOException, InterruptedException {
    for (int i = 0; i < tree.size(); i++) {
      SourceEntry entry = tree.entry(i);
      if (NodeTree.isLarge(entry) && tree.toSend(i)) {
        long from = tree.begun(i);
        try (InputStream content = new FileInput(entry, from)) {
          run(
              APPEND,
              List.of(stage + "/t/" + tree.path(i), Long.toString(from), stage),
              new Counted(content, progress));
        }
      }
    }
  }

  /** Sends everything else. */
  void sendTar(List<NodeTree> trees, TarHeaders headers, Sources sources)
      throws IOException, InterruptedException {
    try (TarStream tar = new TarStream(new Members(trees, headers, sources), progress)) {
      run(RECEIVE, List.of(stage), tar);
    }
  }

  private void run(String script, List<String> arguments, InputStream stdin)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(Wire.text(base)));
    arguments.forEach(argument -> all.add(Wire.text(argument)));
    Tail errors = new Tail();
    ExitStatus status =
        connection.execute(
            Script.command(script, all),
            stdin,
            OutputStream.nullOutputStream(),
            errors,
            Duration.ZERO);
    if (!status.success()) {
      throw ShellPush.complaint(errors.text());
    }
  }

  /** Puts it all into its place. */
  void finish(FinishScript script) throws IOException, InterruptedException {
    Tail said = new Tail(progress);
    Tail errors = new Tail();
    connection.execute(
        "exec sh", new LinesInput(script.lines().iterator()), said, errors, Duration.ZERO);
    String last = said.text().strip();
    if (!last.equals("done")) {
      int failed = last.indexOf("failed ");
      throw ShellPush.complaint(failed < 0 ? errors.text() : last.substring(failed + 7));
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
