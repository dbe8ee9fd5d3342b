package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.FileTrouble;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What all commands do around their own work: parse, answer {@code --help} and {@code --version},
 * say in one line what the user got wrong.
 */
public final class CommandRunner {
  private CommandRunner() {}

  /** The command's own work. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs to the end.
     *
     * @throws UsageException for a mistake that the synopsis helps with
     * @throws IOException for a local problem, such as a node list that cannot be read
     */
    ExitCode run(ParseResult parsed, Surroundings surroundings) throws UsageException, IOException;
  }

  /**
   * Runs {@code body} with the parsed arguments.
   *
   * @param spec made for this call: picocli keeps what it parsed in it
   */
  public static ExitCode run(
      CommandSpec spec, Surroundings surroundings, List<String> arguments, Body body) {
    // An @ belongs to multicopy and to remote commands, not to picocli's argument files.
    CommandLine commandLine =
        new CommandLine(spec).setStopAtPositional(true).setExpandAtFiles(false);
    try {
      ParseResult parsed = commandLine.parseArgs(arguments.toArray(String[]::new));
      if (parsed.isUsageHelpRequested()) {
        commandLine.usage(surroundings.out());
        return ExitCode.OK;
      }
      if (parsed.isVersionHelpRequested()) {
        surroundings.out().println(spec.name() + " " + surroundings.version());
        return ExitCode.OK;
      }
      return body.run(parsed, surroundings);
    } catch (ParameterException | UsageException e) {
      complain(spec, surroundings, String.valueOf(e.getMessage()));
      for (String line : spec.usageMessage().customSynopsis()) {
        surroundings.err().println("usage: " + line);
      }
    } catch (IOException e) {
      complain(spec, surroundings, FileTrouble.text(e));
    }
    return ExitCode.USAGE;
  }

  private static void complain(CommandSpec spec, Surroundings surroundings, String what) {
    surroundings.err().println(spec.name() + ": " + what);
  }
}
