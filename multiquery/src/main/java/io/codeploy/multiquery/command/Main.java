package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.MinaConnector;
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
        new MultiqueryCommand(slice -> new MinaConnector(surroundings.ssh(slice), time), time);
    return CommandRunner.run(MultiqueryCommand.spec(), surroundings, arguments, command::run);
  }
}
