package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  @TempDir Path directory;
  private final List<List<String>> runs = new ArrayList<>();

  private ExitCode run(ExitCode ofRuns, String... arguments) {
    Terminal terminal = new Terminal(directory);
    return new Rehearsal(
            (ssh, surroundings, words) -> {
              runs.add(words);
              return ofRuns;
            })
        .run(EarlySsh.begin(List.of(), Map.of()), terminal.surroundings(), List.of(arguments));
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("runs"), text).toString();
  }

  @Test
  void runsEachLineUpToTheFirstThatFails() throws Exception {
    String file = file("echo a; pwd\n\n--persist\t1m\ttrue\n");

    assertEquals(ExitCode.OK, run(ExitCode.OK, "--rehearse", file));
    assertEquals(
        List.of(List.of("echo a; pwd"), List.of(), List.of("--persist", "1m", "true")), runs);

    runs.clear();
    assertEquals(ExitCode.REMOTE, run(ExitCode.REMOTE, "--rehearse", file));
    assertEquals(1, runs.size());
  }

  @Test
  void passesAnythingElseOn() {
    assertEquals(ExitCode.OK, run(ExitCode.OK, "echo", "--rehearse"));

    assertEquals(List.of(List.of("echo", "--rehearse")), runs);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertEquals(ExitCode.USAGE, run(ExitCode.OK, "--rehearse", directory + "/no"));
    assertTrue(runs.isEmpty());
  }
}
