package io.codeploy.multicopy.command;

import io.codeploy.multiquery.command.CommandRunner;
import io.codeploy.multiquery.command.EarlySsh;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.Program;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.fanout.TimeSource;
import java.util.List;

/** The process {@code multicopy}. */
public final class Main {
  private Main() {}

  /** Runs the command and exits with its status. */
  public static void main(String[] arguments) {
    Program.run("multicopy", Main.class, Main::run, arguments);
  }

  private static ExitCode run(EarlySsh early, Surroundings surroundings, List<String> arguments) {
    TimeSource time = TimeSource.system();
    MulticopyCommand command =
        new MulticopyCommand(early.connectors(surroundings, time), time).on(Program.isTerminal(2));
    return CommandRunner.run(MulticopyCommand.spec(), surroundings, arguments, command::run);
  }
}
