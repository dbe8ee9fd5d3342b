package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.MinaConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process {@code multiquery}. */
public final class Main {
  private Main() {}

  /** Runs the command and exits with its status. */
  public static void main(String[] arguments) {
    Program.run(Main.class, Main::run, arguments);
  }

  private static ExitCode run(Surroundings surroundings, List<String> arguments) {
    TimeSource time = TimeSource.system();
    MultiqueryCommand command =
        new MultiqueryCommand(slice -> new MinaConnector(surroundings.ssh(slice), time), time)
            .on(standardOutputIsTerminal());
    return CommandRunner.run(MultiqueryCommand.spec(), surroundings, arguments, command::run);
  }

  /** Java tells of input and output together; Linux of each. Elsewhere results are plain. */
  private static boolean standardOutputIsTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
