package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.query.QueryRequest;
import java.util.ArrayList;
import java.util.List;

/** What a command line of multiquery comes to, before anything is run. */
record Parsed(RunSettings settings, QueryRequest request) {
  /** Of arguments that are right. */
  static Parsed of(Terminal terminal, List<String> arguments) {
    List<Parsed> parsed = new ArrayList<>();
    ExitCode code =
        CommandRunner.run(
            MultiqueryCommand.spec(),
            terminal.surroundings(),
            arguments,
            (result, surroundings) -> {
              RunSettings settings = RunSettings.of(OptionValues.of(result, surroundings));
              parsed.add(
                  new Parsed(
                      settings,
                      MultiqueryCommand.toRequest(result, settings, settings.nodes(surroundings))));
              return ExitCode.OK;
            });
    assertEquals(ExitCode.OK, code, terminal::err);
    return parsed.getFirst();
  }
}
