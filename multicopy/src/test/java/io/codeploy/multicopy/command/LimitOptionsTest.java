package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multicopy.transfer.CopyLimits;
import io.codeploy.multiquery.command.Controls;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.connect.RetryRule;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LimitOptionsTest {
  private static final PrintStream NOWHERE =
      new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

  private static CopyLimits limits(Map<String, String> environment, String... words)
      throws UsageException {
    Surroundings surroundings =
        new Surroundings(
            environment,
            Path.of("/home/nobody"),
            "nobody",
            Path.of("/tmp"),
            Path.of(""),
            "test",
            new SplittableRandom(1),
            InputStream.nullInputStream(),
            NOWHERE,
            NOWHERE,
            Controls.none());
    OptionValues options =
        OptionValues.of(new CommandLine(MulticopyCommand.spec()).parseArgs(words), surroundings);
    return LimitOptions.of(options, LimitOptions.retries(RetryRule.NONE));
  }

  private static CopyLimits limits(int progressSeconds, int wholeSeconds) {
    return new CopyLimits(
        Duration.ofSeconds(30),
        Duration.ofSeconds(progressSeconds),
        Duration.ofSeconds(wholeSeconds));
  }

  @Test
  void waitHalfAMinuteForProgressAndForeverForTheWhole() throws UsageException {
    assertEquals(limits(30, 0), limits(Map.of()));
  }

  @Test
  void takeTheVariableOfTheOriginalAsTimeWithoutProgressAndTheOptionAsTheWhole()
      throws UsageException {
    assertEquals(limits(7, 0), limits(Map.of("MQ_TIMEOUT", "7")));
    assertEquals(limits(7, 600), limits(Map.of("MQ_TIMEOUT", "7"), "--timeout", "600"));
    assertEquals(limits(30, 600), limits(Map.of(), "--timeout", "600"));
  }

  @Test
  void haveAnOptionForTimeWithoutProgress() throws UsageException {
    assertEquals(limits(5, 0), limits(Map.of("MQ_TIMEOUT", "7"), "--progress-timeout", "5"));
    assertEquals(limits(0, 0), limits(Map.of("MQ_PROGRESS_TIMEOUT", "0", "MQ_TIMEOUT", "7")));
  }
}
