package io.codeploy.cli.deploy;

import static io.codeploy.cli.deploy.NodeTrials.assertHasTree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.deploy.NodeTrials.Kind;
import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.SshFleet;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.node.NodeList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The agent's image on its way from node to node, under real sshds. */
@ExtendWith(TestImage.class)
class SeedsIT {
  private final AgentImages images;

  @TempDir private Path temp;

  SeedsIT(AgentImages images) {
    this.images = images;
  }

  @Test
  void sendsTheImageToAFewAndTheyGiveItOn() throws Exception {
    int count = 5;
    new NodeTrials(temp, images, count)
        .with(
            Kind.OPENSSH,
            (nodes, rig) -> {
              SshFleet fleet = rig.fleet();

              rig.deploy("dest", Optional.empty(), Pace.window(8), fleet)
                  .nodes()
                  .forEach(DeployRig::report);

              // On a machine that is slow enough a seed may have been given up.
              boolean few = fleet.imagesSent() <= 3 || !fleet.notes().isEmpty();
              assertTrue(few, fleet.imagesSent() + " were sent");
              assertTrue(fleet.imagesGiven() > 0, fleet.notes().toString());
              assertEquals(count, fleet.imagesSent() + fleet.imagesGiven());
              for (SshNode node : nodes.nodes()) {
                assertHasTree(rig, node);
              }
            });
  }

  @Test
  void doesWithoutSeedsThatLieOrAreGone() throws Exception {
    new NodeTrials(temp, images, 4)
        .with(
            Kind.OPENSSH,
            (nodes, rig) -> {
              SshFleet fleet = rig.fleet();
              List<AgentLink> agents = new ArrayList<>();
              try (Connector connector = rig.connector()) {
                List<Connection> connections = new ArrayList<>();
                Path list = Files.writeString(temp.resolve("all"), nodes.nodeListFile());
                for (var node : NodeList.read(list)) {
                  connections.add(connector.connect(node, Duration.ofSeconds(30)));
                }
                agents.add(fleet.agent(connections.get(0)));
                assertEquals(1, fleet.imagesSent());

                Files.writeString(archive(nodes.nodes().get(0)), "something else");
                agents.add(fleet.agent(connections.get(1)));
                assertEquals(2, fleet.imagesSent());
                assertTrue(
                    fleet.notes().toString().contains(" bytes came by "), fleet.notes() + "");

                agents.add(fleet.agent(connections.get(2)));
                assertEquals(1, fleet.imagesGiven());

                ProcessHandle second = ProcessHandle.of(agents.get(1).state().pid()).orElseThrow();
                second.destroyForcibly();
                second.onExit().join();
                agents.add(fleet.agent(connections.get(3)));
                assertEquals(2, fleet.imagesSent());
                assertEquals(2, fleet.imagesGiven());
              }
            });
  }

  private static Path archive(SshNode node) throws Exception {
    try (Stream<Path> files = Files.list(node.home().resolve(".codeploy/image"))) {
      return files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
  }
}
