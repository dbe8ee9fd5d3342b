package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.FaultyDoor;
import io.codeploy.fixtures.ssh.FaultyDoor.Fault;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pushes to real sshd whose connections fail on the way: one node's fails, the other's does not.
 */
class FaultsIT {
  private static final long MEBI = 1 << 20;
  private static final long BIG_BYTES = 40 * MEBI;

  /** In the middle of the large file; far more than what is on its way at any time is left. */
  private static final long FAULT_BYTES = 30 * MEBI;

  private static final Pattern SENT = Pattern.compile("\"bytes\":(\\d+)");

  @TempDir Path directory;
  private OpenSshNodes nodes;
  private Path tree = Path.of("");

  @BeforeEach
  void start() throws IOException {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    nodes = OpenSshNodes.start(directory.resolve("nodes"), 2);
    tree = Files.createDirectories(directory.resolve("tree/sub"));
    byte[] content = new byte[(int) BIG_BYTES];
    new Random(4).nextBytes(content);
    Files.write(tree.resolve("big"), content);
    Files.writeString(tree.resolve("small"), "small");
    for (SshNode node : nodes.nodes()) {
      Files.createDirectories(node.home().resolve("to"));
    }
  }

  @AfterEach
  void stop() {
    if (nodes != null) {
      nodes.close();
    }
  }

  private SshNode first() {
    return nodes.nodes().getFirst();
  }

  private SshNode second() {
    return nodes.nodes().getLast();
  }

  /** Runs it over the first node through {@code door}, and the second as it is. */
  private PushRig.Result push(FaultyDoor door, String... options) throws IOException {
    SshNode faulty = door.node();
    Path list =
        Files.writeString(
            directory.resolve("list"), listed(faulty) + "\n" + nodes.listed(second()) + "\n");
    Path ssh = Files.createDirectories(directory.resolve("operator/.ssh"));
    Path known = ssh.resolve("known_hosts_of_doors");
    Files.writeString(known, faulty.knownHostsLine() + "\n" + nodes.knownHosts());
    Files.writeString(ssh.resolve("config"), "Host *\n  UserKnownHostsFile \"" + known + "\"\n");
    List<String> words = new ArrayList<>(List.of("--nodes", list.toString(), "--json", "--order"));
    words.addAll(List.of(options));
    words.addAll(List.of(directory.resolve("tree").toString(), "@:to"));
    return new PushRig(directory, nodes).run(words.toArray(String[]::new));
  }

  private String listed(SshNode node) {
    return nodes.user() + "@" + node.address() + ":" + node.port();
  }

  private void assertHas(SshNode node) throws IOException {
    Path copy = node.home().resolve("to/tree/sub");
    assertEquals(-1, Files.mismatch(tree.resolve("big"), copy.resolve("big")));
    assertEquals("small", Files.readString(copy.resolve("small")));
    assertEquals(List.of(), PushRig.stages(node.home()));
  }

  private static String line(PushRig.Result result, int rank) {
    return result.out().lines().toList().get(rank);
  }

  private static long sent(PushRig.Result result, int rank) {
    Matcher matcher = SENT.matcher(line(result, rank));
    assertTrue(matcher.find(), result.out());
    return Long.parseLong(matcher.group(1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESETS", "CLOSES", "GARBLES"})
  void aLostConnectionFailsItsNodeAloneAndIsGoneOnWithByTheNextRun(Fault fault) throws Exception {
    try (FaultyDoor door = FaultyDoor.open("127.0.0.9", first(), fault, FAULT_BYTES)) {
      PushRig.Result result = push(door);

      assertTrue(door.hasFailed());
      assertEquals(ExitCode.REMOTE, result.code(), result.out() + result.err());
      assertTrue(line(result, 0).contains("\"cause\":\"connection lost\""), result.out());
      assertTrue(line(result, 1).contains("\"outcome\":\"succeeded\""), result.out());
      assertHas(second());
      assertFalse(Files.exists(first().home().resolve("to/tree")));
      Stages.awaitLeft(first().home());

      PushRig.Result again = push(door);

      assertEquals(ExitCode.OK, again.code(), again.err());
      assertHas(first());
      assertEquals(0, sent(again, 1));
      assertTrue(sent(again, 0) < BIG_BYTES - MEBI, "what was there is not sent again");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESETS", "CLOSES", "GARBLES"})
  void aRetryGoesOnWhereTheConnectionWasLost(Fault fault) throws Exception {
    try (FaultyDoor door = FaultyDoor.open("127.0.0.9", first(), fault, FAULT_BYTES)) {
      PushRig.Result result = push(door, "--retries", "1");

      assertTrue(door.hasFailed());
      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      assertHas(first());
      assertHas(second());
      assertTrue(sent(result, 0) < BIG_BYTES + FAULT_BYTES - MEBI, "it was not begun anew");
    }
  }

  @Test
  void aConnectionThatHangsTimesOutAndIsGoneOnWith() throws Exception {
    try (FaultyDoor door = FaultyDoor.open("127.0.0.9", first(), Fault.HANGS, FAULT_BYTES)) {
      PushRig.Result result = push(door, "--progress-timeout", "15", "--retries", "1");

      assertTrue(door.hasFailed());
      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      assertHas(first());
      assertHas(second());
      assertTrue(sent(result, 0) < BIG_BYTES + FAULT_BYTES - MEBI, "it was not begun anew");
    }
  }

  @Test
  void slowBytesAreBytes() throws Exception {
    Files.write(tree.resolve("big"), new byte[(int) MEBI]);
    try (FaultyDoor door = FaultyDoor.open("127.0.0.9", first(), Fault.DRIPS, MEBI / 2)) {
      PushRig.Result result = push(door);

      assertTrue(door.hasFailed());
      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      assertHas(first());
    }
  }
}
