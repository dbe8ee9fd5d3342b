package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PersistOptionsTest {
  @TempDir Path home;

  private SshOptions options(String... arguments) throws UsageException {
    Terminal terminal = new Terminal(home);
    return SshOptions.of(
        OptionValues.of(
            new CommandLine(MultiqueryCommand.spec()).parseArgs(arguments),
            terminal.surroundings()));
  }

  @ParameterizedTest
  @CsvSource({"90,90", "90s,90", "10m,600", "2h,7200"})
  void readsATime(String text, long seconds) throws Exception {
    assertEquals(
        Optional.of(Duration.ofSeconds(seconds)), options("--persist", text, "true").keep());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0m", "off"})
  void keepsNothingWhenToldSo(String text) throws Exception {
    assertEquals(Optional.empty(), options("--persist", text, "true").keep());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1", "1.5h", "10 m", "10d", "forever", "12345678"})
  void refusesWhatIsNoTime(String text) {
    UsageException refused =
        assertThrows(UsageException.class, () -> options("--persist", text, "true"));
    assertEquals(
        "--persist or MQ_PERSIST has to be a time such as 90s, 10m or 2h, or off, not \""
            + text
            + "\"",
        refused.getMessage());
  }

  @Test
  void keepsNothingUnasked() throws Exception {
    assertEquals(Optional.empty(), options("true").keep());
  }
}
