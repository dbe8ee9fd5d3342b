package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlySshTest {
  @ParameterizedTest
  @CsvSource({
    "uptime, true",
    "-w n[1-3] uptime, true",
    "--prefix --timeout=5 uptime, true",
    "--version, false",
    "--help, false",
    "--dry-run -w n1 uptime, false",
    "--keeper /run/x, false",
    "--kept, false",
    "--persist 10m uptime, false",
    "--persist=10m uptime, false",
    "--ssh-command ssh uptime, false",
  })
  void isForRunsThatConnectByThemselves(String line, boolean wanted) {
    assertEquals(wanted, EarlySsh.wanted(List.of(line.split(" ", -1)), Map.of("HOME", "/root")));
  }

  @Test
  void isNotForAPromptOrAComplaint() {
    assertFalse(EarlySsh.wanted(List.of(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"MQ_PERSIST", "MQ_SSH_COMMAND", "MQ_DRY_RUN"})
  void looksAtVariablesAsAtOptions(String variable) {
    assertFalse(EarlySsh.wanted(List.of("uptime"), Map.of(variable, "1")));
  }

  /** A guess that was wrong, and one that was right. */
  @Test
  void makesAConnectorWhateverWasGuessed(@TempDir Path home) throws IOException {
    for (String argument : List.of("--version", "uptime")) {
      EarlySsh early = EarlySsh.begin(List.of(argument), Map.of());
      early
          .connectors(new Terminal(home).surroundings(), TimeSource.system())
          .open(SshOptions.NONE, List.of())
          .close();
    }
  }
}
