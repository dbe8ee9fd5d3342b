package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.prompt.TerminalKeyboard;
import java.nio.file.Path;
import java.util.List;

/** The process {@code multiquery}. */
public final class Main {
  private Main() {}

  /** Runs the command and exits with its status. */
  public static void main(String[] arguments) {
    Program.run("multiquery", Main.class, Main::run, arguments);
  }

  private static ExitCode run(EarlySsh early, Surroundings surroundings, List<String> arguments) {
    TimeSource time = TimeSource.system();
    if (arguments.size() == 2 && arguments.getFirst().equals(WarmSessions.KEEPER)) {
      return KeeperProgram.run(surroundings, Path.of(arguments.get(1)), time);
    }
    MultiqueryCommand command =
        new MultiqueryCommand(early.connectors(surroundings, time), time)
            .on(Program.isTerminal(1))
            .startedBy(operator(surroundings, time));
    MultiqueryCommand whole =
        Program.isTerminal(0) && Program.isTerminal(1) && Program.isTerminal(2)
            ? command.prompting(TerminalKeyboard::open)
            : command;
    return CommandRunner.run(MultiqueryCommand.spec(), surroundings, arguments, whole::run);
  }

  private static Operator operator(Surroundings surroundings, TimeSource time) {
    InterruptKey key = new InterruptKey(time);
    // The end of the process is the goodbye that Program has prepared.
    Runnable stop = () -> System.exit(ExitCode.INTERRUPTED.status());
    return new Operator(
        new TerminalPerson(surroundings.err())::secret,
        show -> {
          if (Program.isTerminal(2)) {
            Signals.on("INT", () -> key.pressed(show, stop));
          }
        });
  }
}
