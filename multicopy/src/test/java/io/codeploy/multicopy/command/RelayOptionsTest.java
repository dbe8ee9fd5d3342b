package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.relay.AgentUse;
import io.codeploy.multicopy.relay.RelaySettings;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.command.Controls;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.fanout.Spacing;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RelayOptionsTest {
  @Test
  void relaysNothingUnlessAsked() throws UsageException {
    assertEquals(Optional.empty(), settings(Map.of()));
    assertEquals(Optional.empty(), settings(Map.of("MQ_RELAY", "0")));
    assertEquals(Optional.empty(), settings(Map.of(), "--relay-agents", "start"));
  }

  @Test
  void relaysFromAMegabyteOnWhenAsked() throws UsageException {
    RelaySettings settings = settings(Map.of(), "--relay").orElseThrow();

    assertEquals(1 << 20, settings.aboveBytes());
    assertEquals(AgentUse.INSTALL, settings.agents());
    assertEquals(Duration.ofHours(1), settings.idleOut());
    assertEquals(".codeploy", settings.agentDir());
    assertEquals(Path.of("/home/me/.cache/codeploy"), settings.cacheDir());
    assertEquals(Path.of("/opt/codeploy"), settings.distribution());
  }

  @Test
  void takesEverythingFromTheEnvironmentToo() throws UsageException {
    Map<String, String> environment =
        Map.of(
            "MQ_RELAY_ABOVE", "50M",
            "MQ_RELAY_AGENTS", "running",
            "MQ_RELAY_IDLE", "90s",
            "MQ_AGENT_DIR", "~/agents",
            "XDG_CACHE_HOME", "/cache");

    RelaySettings settings = settings(environment).orElseThrow();

    assertEquals(50 << 20, settings.aboveBytes());
    assertEquals(AgentUse.RUNNING, settings.agents());
    assertEquals(Duration.ofSeconds(90), settings.idleOut());
    assertEquals("agents", settings.agentDir());
    assertEquals(Path.of("/cache/codeploy"), settings.cacheDir());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "3k, 3072", "2M, 2097152", "1G, 1073741824"})
  void knowsSizes(String text, long bytes) throws UsageException {
    assertEquals(bytes, settings(Map.of(), "--relay-above", text).orElseThrow().aboveBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--relay-above=50MB", "--relay-above=-1", "--relay-idle=0s"})
  void refusesWhatIsNoSizeOrTime(String option) {
    UsageException e =
        assertThrows(UsageException.class, () -> settings(Map.of(), "--relay", option));

    assertEquals(1, String.valueOf(e.getMessage()).lines().count());
    assertTrue(String.valueOf(e.getMessage()).contains("such as"), e.getMessage());
  }

  @Test
  void opensAWindowThatNobodyAskedFor() {
    Pace adaptive = Pace.of(new Release.Adaptive(8, 1024), Spacing.NONE);
    Pace small = Pace.of(new Release.Adaptive(8, 20), Spacing.NONE);

    assertEquals(new Release.Fixed(128, 1024), RelayOptions.pace(adaptive).release());
    assertEquals(new Release.Fixed(20, 20), RelayOptions.pace(small).release());
    assertEquals(Pace.window(3), RelayOptions.pace(Pace.window(3)));
  }

  private static Optional<RelaySettings> settings(
      Map<String, String> environment, String... arguments) throws UsageException {
    Surroundings surroundings =
        new Surroundings(
            environment,
            Path.of("/home/me"),
            "me",
            Path.of("/tmp"),
            Path.of("/opt/codeploy"),
            "test",
            new SplittableRandom(1),
            InputStream.nullInputStream(),
            System.out,
            System.err,
            Controls.none());
    var parsed = new CommandLine(MulticopyCommand.spec()).parseArgs(arguments);
    return RelayOptions.of(OptionValues.of(parsed, surroundings), surroundings);
  }
}
