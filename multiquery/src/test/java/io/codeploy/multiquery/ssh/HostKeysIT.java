package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.config.HostKeyPolicy;
import io.codeploy.multiquery.ssh.config.SshSettings;
import io.codeploy.multiquery.testing.Listening;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeysIT {
  private static final String OTHER_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJzQXYAyGf3I0ODCGrW3QFTLdZ4bMEnj7yqkFg1eJcD8";

  @TempDir Path root;
  private EmbeddedSshNodes nodes;
  private Rig rig;

  @BeforeEach
  void startNodes() throws Exception {
    nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 2);
    rig = Rig.create(root, nodes);
  }

  @AfterEach
  void stopNodes() {
    nodes.close();
  }

  private SshNode first() {
    return nodes.nodes().getFirst();
  }

  private String name() {
    return "[" + first().address() + "]:" + first().port();
  }

  private NodeFailure failure(SshSettings settings) throws Exception {
    try (MinaConnector connector = Rig.connector(settings)) {
      return assertThrows(
              NodeFailedException.class, () -> connector.connect(rig.node(0), Rig.LIMIT))
          .failure();
    }
  }

  @Test
  void refusesAChangedKeyAndSaysWhereAndWhatToDo() throws Exception {
    rig.write("known_hosts", "# a comment\n" + name() + " " + OTHER_KEY + "\n");

    NodeFailure failure = failure(rig.settings());

    assertInstanceOf(NodeFailure.HostKeyRejected.class, failure);
    Path file = rig.home().resolve(".ssh/known_hosts");
    assertTrue(failure.message().contains("CHANGED"), failure.message());
    assertTrue(failure.message().contains(file + ":2"), failure.message());
    assertTrue(
        failure.message().contains("ssh-keygen -f '" + file + "' -R '" + name() + "'"),
        failure.message());
  }

  @Test
  void refusesAHostThatIsKnownByAKeyOfAnotherTypeOnly() throws Exception {
    rig.write("known_hosts", name() + " ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAQQDc\n");

    assertInstanceOf(NodeFailure.HostKeyRejected.class, failure(rig.settings()));
  }

  @Test
  void refusesARevokedKeyOffPort22UnderEveryPolicy() throws Exception {
    rig.write("known_hosts", nodes.knownHosts() + "@revoked * " + first().hostKey() + "\n");

    for (HostKeyPolicy policy : HostKeyPolicy.values()) {
      NodeFailure failure = failure(rig.settings().withHostKeys(policy));

      assertInstanceOf(NodeFailure.HostKeyRejected.class, failure);
      assertTrue(failure.message().contains("revoked"), failure.message());
    }
  }

  @Test
  void refusesAnUnknownKeyUnderTheStrictPolicy() throws Exception {
    rig.write("known_hosts", "");

    NodeFailure failure = failure(rig.settings().withHostKeys(HostKeyPolicy.STRICT));

    assertInstanceOf(NodeFailure.HostKeyRejected.class, failure);
    assertTrue(failure.message().contains("is not known"), failure.message());
  }

  @Test
  void remembersANewKeyAndHoldsTheHostToIt() throws Exception {
    Files.delete(rig.home().resolve(".ssh/known_hosts"));
    Files.delete(rig.home().resolve(".ssh"));

    rig.connects(rig.settings());

    assertEquals(first().knownHostsLine() + "\n", rig.read("known_hosts"));
    assertEquals("rwx------", permissions(rig.home().resolve(".ssh")));
    assertEquals("rw-------", permissions(rig.home().resolve(".ssh/known_hosts")));
    rig.connects(rig.settings().withHostKeys(HostKeyPolicy.STRICT));
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void remembersAHashedNameWhereSshConfigWantsIt() throws Exception {
    rig.write("known_hosts", "");
    rig.write("config", "HashKnownHosts yes\n");

    rig.connects(rig.settings());

    assertTrue(rig.read("known_hosts").startsWith("|1|"), rig.read("known_hosts"));
    rig.connects(rig.settings().withHostKeys(HostKeyPolicy.STRICT));
  }

  @Test
  void remembersOneLinePerHostHoweverManyConnect() throws Exception {
    rig.write("known_hosts", "no newline at the end");
    try (MinaConnector connector = rig.connector()) {
      List<Boolean> done =
          new Fanout("test", 8, Duration.ZERO, TimeSource.system())
              .map(
                  IntStream.range(0, 16).boxed().toList(),
                  i -> {
                    try (Connection c = connector.connect(rig.node(i % 2), Rig.LIMIT)) {
                      return c.node() != null;
                    } catch (NodeFailedException e) {
                      return false;
                    }
                  },
                  i -> false);

      assertEquals(Collections.nCopies(16, true), done);
    }
    List<String> lines = rig.read("known_hosts").lines().toList();
    assertEquals("no newline at the end", lines.getFirst());
    assertEquals(lines.size(), lines.stream().distinct().count());
    assertTrue(nodes.knownHosts().lines().toList().containsAll(lines.subList(1, lines.size())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "off", "accept-new", "ask"})
  void remembersANewKeyAsSshDoesUnlessItIsStrict(String checking) throws Exception {
    rig.write("known_hosts", "");
    rig.write("config", "StrictHostKeyChecking " + checking + "\n");

    rig.connects(rig.settings());

    assertEquals(first().knownHostsLine() + "\n", rig.read("known_hosts"));
  }

  @Test
  void warnsOfAChangedKeyAndKeepsTheOldOneWhenThePolicyIsOff() throws Exception {
    rig.write("known_hosts", name() + " " + OTHER_KEY + "\n");
    List<String> told = new ArrayList<>();

    rig.connects(rig.settings().withHostKeys(HostKeyPolicy.OFF).withPerson(new Listening(told)));

    assertEquals(name() + " " + OTHER_KEY + "\n", rig.read("known_hosts"));
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.getFirst().contains("CHANGED"), told.getFirst());
    assertTrue(told.getFirst().contains(name()), told.getFirst());
  }

  @Test
  void warnsOfASecondKeyWithinTheRunWhenThePolicyIsOff() throws Exception {
    rig.write("known_hosts", "");
    rig.write("config", "HostKeyAlias both\n");
    List<String> told = new ArrayList<>();
    SshSettings settings =
        rig.settings().withHostKeys(HostKeyPolicy.OFF).withPerson(new Listening(told));
    try (MinaConnector connector = Rig.connector(settings)) {
      connector.connect(rig.node(0), Rig.LIMIT).close();
      assertEquals(List.of(), told);

      connector.connect(rig.node(1), Rig.LIMIT).close();
    }

    assertEquals(
        List.of(
            "both showed two different host keys within this run; StrictHostKeyChecking lets it"
                + " pass"),
        told);
    assertEquals("both " + first().hostKey() + "\n", rig.read("known_hosts"));
  }

  @Test
  void writesNewKeysNowhereWhereTheUserHasNoFile() throws Exception {
    Path all = Files.createFile(root.resolve("all-users"));
    rig.write("config", "UserKnownHostsFile none\nGlobalKnownHostsFile " + all + "\n");
    List<String> told = new ArrayList<>();

    rig.connects(rig.settings().withPerson(new Listening(told)));

    assertEquals("", Files.readString(all));
    assertEquals(List.of(), told);
  }

  @Test
  void takesThePolicyOfSshConfigUnlessTheSettingsHaveOne() throws Exception {
    rig.write("known_hosts", "");
    rig.write("config", "Host 127.*\n  StrictHostKeyChecking yes\n");

    assertInstanceOf(NodeFailure.HostKeyRejected.class, failure(rig.settings()));
    rig.connects(rig.settings().withHostKeys(HostKeyPolicy.ACCEPT_NEW));
  }

  @Test
  void looksTheHostUpByItsAlias() throws Exception {
    rig.write("known_hosts", "the-alias " + first().hostKey() + "\n");
    rig.write("config", "HostKeyAlias the-alias\nStrictHostKeyChecking yes\n");

    rig.connects(rig.settings());
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    Path directory = Files.createDirectory(root.resolve("a-directory"));
    rig.write("config", "GlobalKnownHostsFile " + directory + "\n");

    NodeFailure failure = failure(rig.settings());

    assertInstanceOf(NodeFailure.HostKeyRejected.class, failure);
    assertTrue(failure.message().contains(directory.toString()), failure.message());
  }
}
