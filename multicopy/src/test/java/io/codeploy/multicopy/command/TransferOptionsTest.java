package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.compress.Compression;
import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multiquery.command.Controls;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.command.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TransferOptionsTest {
  private static final PrintStream NOWHERE =
      new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

  private static Rates rates(String rate) throws UsageException {
    return TransferOptions.of(typed("MQ_BWLIMIT", rate)).rates();
  }

  private static OptionValues typed(String variable, String value) {
    Surroundings surroundings =
        new Surroundings(
            Map.of(variable, value),
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
    return OptionValues.of(
        new CommandLine(MulticopyCommand.spec()).parseArgs("a", "@:"), surroundings);
  }

  @Test
  void readsTheRatesOfTheRunAndOfANode() throws UsageException {
    assertEquals(
        new Rates(OptionalLong.of(100_000_000), OptionalLong.of(1_500)), rates("100M,1.5k"));
    assertEquals(new Rates(OptionalLong.of(2_000_000_000), OptionalLong.empty()), rates("2G"));
    assertEquals(new Rates(OptionalLong.empty(), OptionalLong.of(7_000)), rates(",7K"));
    assertEquals(Rates.NONE, rates(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1000", "0M", "-1M", "1M,2M,3M", ",", "M", "1e3k", "1T", "1 M", "0.0001k"})
  void refusesWhatIsNoRate(String rate) {
    UsageException refused = assertThrows(UsageException.class, () -> rates(rate));

    assertTrue(String.valueOf(refused.getMessage()).contains("500k"), refused.getMessage());
  }

  @Test
  void compressesWhereItPaysUnlessToldOtherwise() throws UsageException {
    assertEquals(Compression.AUTO, TransferOptions.of(typed("MQ_X", "")).compression());
    assertEquals(Compression.ZSTD, TransferOptions.of(typed("MQ_COMPRESS", "zstd")).compression());
    assertThrows(UsageException.class, () -> TransferOptions.of(typed("MQ_COMPRESS", "lzma")));
  }
}
