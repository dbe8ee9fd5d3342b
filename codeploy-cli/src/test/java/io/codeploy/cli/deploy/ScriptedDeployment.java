package io.codeploy.cli.deploy;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScanRequest;
import io.codeploy.cli.scan.TreeScan;
import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.Steering;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The engine, a small tree, and five scripted nodes that reach its origin: a to e. */
final class ScriptedDeployment {
  static final List<Node> NODES = ScriptedNodes.nodes("a", "b", "c", "d", "e");

  final ScriptedNodes nodes = new ScriptedNodes();
  final Steering steering = new Steering();

  /** Of the last run. */
  final List<DeployEvent> events = new CopyOnWriteArrayList<>();

  final Path tree;
  DeployOptions options = new DeployOptions(false, false);
  Rates rates = Rates.NONE;
  private final Path cache;

  ScriptedDeployment(Path temp) throws IOException {
    tree = Files.createDirectory(temp.resolve("tree"));
    Files.writeString(tree.resolve("file"), "content");
    cache = temp.resolve("cache");
    nodes.reaching = Set.of("a", "b", "c", "d", "e");
  }

  /** Runs at {@code pace}. */
  DeployResult run(io.codeploy.multiquery.fanout.Pace pace, TimeSource time) throws Exception {
    DeployEngine engine =
        new DeployEngine(
            nodes, nodes, new TreeScan(InstantSource.system()), time, new SecureRandom(), steering);
    events.clear();
    return engine.run(deployment(pace), events::add);
  }

  private Deployment deployment(io.codeploy.multiquery.fanout.Pace pace) {
    return new Deployment(
        NODES,
        new ScanRequest(tree, List.of(), Delivery.CHUNKS, cache),
        Optional.empty(),
        "dest",
        options,
        new OriginAddress(Optional.empty(), 0),
        rates,
        new Pace(pace, Duration.ofSeconds(5), RetryRule.NONE));
  }
}
