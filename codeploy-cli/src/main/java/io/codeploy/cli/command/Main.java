package io.codeploy.cli.command;

import io.codeploy.cli.view.Views;
import io.codeploy.multiquery.command.CommandRunner;
import io.codeploy.multiquery.command.EarlySsh;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.Program;
import io.codeploy.multiquery.command.Surroundings;
import java.util.List;

/** The process {@code codeploy}. */
public final class Main {
  private Main() {}

  /** Runs the command and exits with its status. */
  public static void main(String[] arguments) {
    Program.run("codeploy", Main.class, Main::run, arguments);
  }

  private static ExitCode run(EarlySsh ssh, Surroundings surroundings, List<String> arguments) {
    CodeployCommand command =
        new CodeployCommand(views(surroundings), new Wiring(surroundings, ssh));
    return CommandRunner.run(Arguments.spec(), surroundings, arguments, command::run);
  }

  private static Views views(Surroundings surroundings) {
    boolean terminal =
        !surroundings.variable("TERM").orElse("dumb").equals("dumb") && Program.isTerminal(2);
    boolean colour = surroundings.variable("NO_COLOR").isEmpty();
    return new Views(surroundings.out(), surroundings.err(), terminal, colour);
  }
}
