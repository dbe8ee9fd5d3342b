package io.codeploy.multiquery.warm.client;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A keeper as a process that outlives this one and hears nothing of its terminal. */
final class KeeperProcess {
  /** Gives a program a session of its own. Not on macOS. */
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private static final File NOTHING = new File("/dev/null");

  private KeeperProcess() {}

  static Process start(Keepers.Start start, Path socket) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Files.isExecutable(SETSID) ? SETSID.toString() : "nohup");
    line.addAll(start.command());
    line.add(socket.toString());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(start.directory().toFile())
            .redirectInput(NOTHING)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    // Options of the run that happens to start it are nothing to it.
    builder.environment().keySet().removeIf(name -> name.startsWith("MQ_"));
    return builder.start();
  }
}
