package io.codeploy.multiquery.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Several runs of a command in one process: {@code --rehearse FILE}, where each line is the
 * arguments of a run, with tabs between them. For {@code scripts/build}: a start-up cache holds
 * what one process has loaded.
 */
record Rehearsal(Program.Command command) implements Program.Command {
  private static final String OPTION = "--rehearse";

  /** Anything else than a rehearsal is one run. A rehearsal ends with the first that fails. */
  @Override
  public ExitCode run(EarlySsh ssh, Surroundings surroundings, List<String> arguments) {
    if (arguments.size() != 2 || !arguments.getFirst().equals(OPTION)) {
      return command.run(ssh, surroundings, arguments);
    }
    try {
      return all(Files.readAllLines(Path.of(arguments.getLast())), ssh, surroundings);
    } catch (IOException e) {
      surroundings.err().println(OPTION + ": " + e);
      return ExitCode.USAGE;
    }
  }

  private ExitCode all(List<String> lines, EarlySsh ssh, Surroundings surroundings) {
    for (String line : lines) {
      ExitCode code =
          command.run(
              ssh, surroundings, line.isEmpty() ? List.of() : List.of(line.split("\t", -1)));
      if (!code.equals(ExitCode.OK)) {
        return code;
      }
    }
    return ExitCode.OK;
  }
}
