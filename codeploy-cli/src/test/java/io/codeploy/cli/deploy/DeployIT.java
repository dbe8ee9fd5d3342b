package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.AgentStateCodec;
import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.fixtures.corpus.TreeComparison;
import io.codeploy.fixtures.corpus.TreeCorpus;
import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.Forwarding;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.Unreachable;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The engine with everything real: SSH servers, agents as processes, an origin, a swarm. */
@ExtendWith(TestImage.class)
class DeployIT {
  private final AgentImages images;

  @TempDir private Path temp;
  private Path tree;
  private EmbeddedSshNodes nodes;

  DeployIT(AgentImages images) {
    this.images = images;
  }

  @BeforeEach
  void start() throws Exception {
    tree = temp.resolve("tree");
    new TreeCorpus(tree, 7).writeSmall();
    nodes = startNodes(Forwarding.ALLOWED);
  }

  @AfterEach
  void stop() throws IOException {
    rig().stopAgents();
    nodes.close();
  }

  @Test
  void putsTheTreeOnEveryNodeAndDoesNothingTheSecondTime() throws Exception {
    DeployResult first = deploy("dest");
    DeployResult second = deploy("dest");

    for (SshNode node : nodes.nodes()) {
      assertEquals(List.of(), TreeComparison.differences(tree, node.home().resolve("dest")));
    }
    first.nodes().forEach(result -> assertTrue(DeployRig.report(result).counts().created() > 0));
    for (NodeResult result : second.nodes()) {
      assertEquals(
          0,
          DeployRig.report(result).counts().created()
              + DeployRig.report(result).counts().updated());
      assertEquals(0, DeployRig.report(result).counts().attributes());
    }
    assertEquals(0, second.deliveredBytes());
    assertTrue(first.originBytes() > 0);
    assertTrue(
        first.originBytes() < 2 * first.tree().transportedBytes(), first.originBytes() + " bytes");
  }

  /** Whoever asked may unmount or remove what they had open. */
  @Test
  void comesBackFromStoppingAgentsOnceTheyAreGone() throws Exception {
    deploy("dest");
    List<Long> agents = new ArrayList<>();
    for (SshNode node : nodes.nodes()) {
      Path state = node.home().resolve(".codeploy").resolve(AgentStateCodec.FILE);
      agents.add(AgentStateCodec.decode(Files.readString(state)).pid());
    }

    rig().stopAgents();

    assertEquals(
        List.of(), agents.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList());
  }

  /** Others than its owner may be who it is for. */
  @Test
  void makesTheDirectoryWithTheModeOfTheTreeAndLeavesOneThatIsThere() throws Exception {
    Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("r-xr-x---"));
    Path there = Files.createDirectory(nodes.nodes().getFirst().home().resolve("dest"));
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwx--x--x"));

    deploy("dest");
    deploy("made/dest");

    assertEquals("rwx--x--x", mode(there));
    for (String made : List.of("made", "made/dest")) {
      assertEquals("rwxr-x---", mode(nodes.nodes().getFirst().home().resolve(made)), made);
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void sendsOfALargeTreeLittleMoreThanTheFileThatChanged() throws Exception {
    Path changed = tree.resolve("redeployed/f500");
    Files.createDirectories(changed.getParent());
    for (int i = 0; i < 1000; i++) {
      Files.write(changed.resolveSibling("f" + i), noise(2000, i));
    }
    deploy("dest");
    Files.write(changed, noise(2000, -1));

    DeployResult second = deploy("dest");

    for (SshNode node : nodes.nodes()) {
      assertEquals(List.of(), TreeComparison.differences(tree, node.home().resolve("dest")));
    }
    assertTrue(second.originBytes() < 4000, second.originBytes() + " bytes");
    assertEquals(0, deploy("dest").deliveredBytes());
  }

  private static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void doesNotLetOneNodeHoldUpTheOthers() throws Exception {
    SshNode refusing = nodes.nodes().getFirst();
    nodes.stop(refusing);
    SshNode occupied = nodes.nodes().getLast();
    Files.writeString(occupied.home().resolve("dest"), "a file where the directory should be");

    DeployResult result = deploy("dest");

    assertInstanceOf(Unreachable.class, DeployRig.failure(result.nodes().getFirst()));
    RemoteFailure remote =
        assertInstanceOf(RemoteFailure.class, DeployRig.failure(result.nodes().getLast()));
    assertTrue(remote.message().contains("dest"), remote.message());
    assertInstanceOf(Succeeded.class, result.nodes().get(1).outcome());
  }

  @Test
  void namesThePathThatIsOfTheOtherType() throws Exception {
    Path blocked = nodes.nodes().getFirst().home().resolve("dest/many/inside");
    Path victim = nodes.nodes().getFirst().home().resolve("dest/odd");
    Files.createDirectories(blocked);
    Files.writeString(victim, "a file where the directory should be");

    DeployResult result = deploy("dest");

    RemoteFailure remote =
        assertInstanceOf(RemoteFailure.class, DeployRig.failure(result.nodes().getFirst()));
    assertTrue(remote.message().contains("odd"), remote.message());
    assertEquals("a file where the directory should be", Files.readString(victim));
    result.nodes().stream()
        .skip(1)
        .forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
  }

  @Test
  void goesThroughARelayWhereSshdForwardsNothing() throws Exception {
    nodes.close();
    nodes = startNodes(Forwarding.PROHIBITED);

    DeployResult result = deploy("dest");

    result.nodes().forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
  }

  private DeployResult deploy(String remoteDir) throws Exception {
    return rig().deploy(remoteDir);
  }

  private DeployRig rig() throws IOException {
    return new DeployRig(temp, images, nodes);
  }

  private EmbeddedSshNodes startNodes(Forwarding forwarding) throws IOException {
    return EmbeddedSshNodes.start(
        DeployRig.settings(temp.resolve("nodes-" + forwarding), 3).withForwarding(forwarding));
  }
}
