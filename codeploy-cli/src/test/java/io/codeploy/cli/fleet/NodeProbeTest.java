package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.AgentState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeProbeTest {
  private static final String FULL =
      """
      @@codeploy-begin
      system=Linux
      machine=x86_64
      home=/home/me
      dir=/home/me/.codeploy
      ssh=192.0.2.1 50000 192.0.2.7 22
      glibc=yes
      writable=yes
      free=2048
      tool=tar
      tool=gzip
      tool=sha256sum
      image=0.1-0123456789ab
      image=0.1-ba9876543210
      state.pid=4711
      state.version=0.1-0123456789ab
      state.controlPort=40001
      state.token=00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
      state.peerHost=192.0.2.7
      state.peerPort=40002
      alive=yes
      @@codeploy-end
      """;

  @Test
  void readsAllThatTheScriptPrints() {
    NodeFacts facts = parse(FULL).orElseThrow();

    assertEquals(
        new NodeFacts(
            new NodeFacts.Platform("Linux", "x86_64", true),
            "/home/me/.codeploy",
            Optional.of("192.0.2.7"),
            new NodeFacts.Disk(true, OptionalLong.of(2048 * 1024)),
            Set.of("tar", "gzip", "sha256sum"),
            Set.of("0.1-0123456789ab", "0.1-ba9876543210"),
            OptionalInt.empty(),
            Optional.of(
                new AgentState(
                    4711,
                    "0.1-0123456789ab",
                    40001,
                    "00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
                    "192.0.2.7",
                    40002))),
        facts);
    assertTrue(facts.fitsShippedRuntime());
  }

  @Test
  void looksAtNothingOutsideTheMarkers() {
    String noisy = "Welcome!\nsystem=Plan9\n@@codeploy-end\n" + FULL + "system=Minix\nlogout\n";

    assertEquals(parse(FULL), parse(noisy));
  }

  @Test
  void takesNothingFromOutputThatIsCutOffAnywhereBeforeTheEnd() {
    int whole = FULL.indexOf("@@codeploy-end") + "@@codeploy-end".length();
    for (int length = 0; length < whole; length++) {
      assertEquals(Optional.empty(), Marked.parse(FULL.substring(0, length)), "at " + length);
    }
  }

  @Test
  void takesTheAgentForDeadUnlessItsProcessLives() {
    assertEquals(Optional.empty(), parse(FULL.replace("alive=yes\n", "")).orElseThrow().running());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state.pid=4711",
        "state.controlPort=40001",
        "state.peerPort=40002",
      })
  void takesNoHalfWrittenState(String line) {
    String key = line.substring(0, line.indexOf('=') + 1);
    for (String value : List.of("", "x", "99999999999999999999", "-")) {
      String spoilt = FULL.replace(line, key + value);

      assertEquals(Optional.empty(), parse(spoilt).orElseThrow().running(), spoilt);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@@codeploy-begin\n@@codeploy-end\n",
        "@@codeploy-begin\nsystem=\ndir=/d\n@@codeploy-end\n",
        "@@codeploy-begin\nsystem=Linux\ndir=relative\n@@codeploy-end\n",
        "@@codeploy-begin\n=\n==\nsystem\n@@codeploy-end\n",
      })
  void refusesWhatDoesNotEvenTellTheBasics(String output) {
    assertEquals(Optional.empty(), parse(output));
  }

  @Test
  void toleratesNonsenseInWhatItCanDoWithout() {
    String nonsense =
        """
        @@codeploy-begin
        system=Linux
        dir=/d
        ssh=1 2
        free=lots
        java=not found
        alive=yes
        state.pid=1
        @@codeploy-end
        """;

    NodeFacts facts = parse(nonsense).orElseThrow();

    assertEquals(Optional.empty(), facts.sshAddress());
    assertEquals(OptionalLong.empty(), facts.disk().freeBytes());
    assertEquals(OptionalInt.empty(), facts.javaFeature());
    assertEquals(Optional.empty(), facts.running());
    assertFalse(facts.fitsShippedRuntime());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openjdk version \"21.0.5\" 2024-10-15 | 21",
        "openjdk version \"25-ea\" 2025-09-16 | 25",
        "java version \"1.8.0_402\" | 8",
        "openjdk version \"17\" 2021-09-14 | 17"
      })
  void readsTheVersionOfJava(String line, int feature) {
    String output = "@@codeploy-begin\nsystem=Linux\ndir=/d\njava=" + line + "\n@@codeploy-end\n";

    assertEquals(OptionalInt.of(feature), parse(output).orElseThrow().javaFeature());
  }

  private static Optional<NodeFacts> parse(String output) {
    return Marked.parse(output).flatMap(NodeProbe::parse);
  }
}
