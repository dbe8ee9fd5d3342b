package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.member.Peer;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.TimedOut;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearSitesTest {
  @TempDir private Path temp;
  private ScriptedDeployment deployment;
  private ScriptedNodes nodes;

  /** Five nodes, a to e, each in a network of its own; those with an even number are in a town. */
  @BeforeEach
  void makeTowns() throws IOException {
    deployment = new ScriptedDeployment(temp);
    nodes = deployment.nodes;
    nodes.reaching = Set.of("a", "b", "c", "d", "e");
    List<String> names = List.of("a", "b", "c", "d", "e");
    for (int i = 0; i < names.size(); i++) {
      nodes.addresses.put(names.get(i), "192.0." + i + ".1");
    }
    nodes.near = (from, to) -> town(from) == town(to);
  }

  @Test
  void putsNodesThatAreNearEachOtherIntoOneSite() throws Exception {
    run();

    List<String> sites = sites("b");
    assertEquals(Set.of(sites.get(0), sites.get(1)), Set.copyOf(sites));
    assertEquals(List.of(sites.get(0), sites.get(0)), List.of(sites.get(2), sites.get(4)));
    assertEquals(sites.get(1), sites.get(3));
  }

  @Test
  void measuresNothingWhereNetworksTell() throws Exception {
    nodes.addresses.put("b", "192.0.0.2");
    nodes.addresses.put("c", "192.0.3.2");

    run();

    assertEquals(
        List.of("192.0.0.0/24", "192.0.0.0/24", "192.0.3.0/24", "192.0.3.0/24", "192.0.4.0/24"),
        sites("a"));
    assertTrue(nodes.measuring.isEmpty(), "one node alone has nobody to be near to");
  }

  @Test
  void leavesNodesAloneThatReachNobody() throws Exception {
    nodes.near = (from, to) -> false;

    run();

    assertEquals(5, Set.copyOf(sites("a")).size());
  }

  @Test
  void asksTheNextAgentOfANode() throws Exception {
    nodes.losingAgentAtOrigin = Set.of("c");

    DeployResult result = run();

    result.nodes().forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
    assertEquals(sites("b").get(0), sites("b").get(2));
  }

  @Test
  void leavesANodeAloneThatCannotTell() throws Exception {
    nodes.unableToMeasure.put("a", new RemoteFailure("no such path"));
    nodes.unableToMeasure.put("c", new TimedOut("progress", Duration.ofSeconds(1)));

    DeployResult result = run();

    result.nodes().forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
    assertEquals("192.0.0.0/24", sites("b").get(0));
  }

  @Test
  void goesOnWithoutANodeWhoseAgentIsLost() throws Exception {
    nodes.losingAgentAtOrigin = Set.of("a");
    nodes.noSecondAgent = Set.of("a");

    DeployResult result = run();

    assertInstanceOf(Failed.class, result.nodes().getFirst().outcome());
    assertEquals(
        List.of("b", "c", "d", "e"), nodes.request("e").peers().stream().map(Peer::name).toList());
  }

  private static int town(String address) {
    return address.charAt("192.0.".length()) % 2;
  }

  private List<String> sites(String name) {
    return nodes.request(name).peers().stream().map(Peer::site).map(Optional::orElseThrow).toList();
  }

  private DeployResult run() throws Exception {
    return deployment.run(io.codeploy.multiquery.fanout.Pace.window(2), TimeSource.system());
  }
}
