package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.agent.control.OriginSpec.ChunkServer;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.ignore.IgnorePatterns;
import io.codeploy.chunkcache.manifest.SignedRoot;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.cli.deploy.DeployEvent.NodeEnded;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.deploy.DeployEvent.PhaseStarted;
import io.codeploy.cli.scan.ScanException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeFailure.Disconnected;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.Unreachable;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.NotRun;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployEngineTest {
  @TempDir private Path temp;
  private ScriptedDeployment deployment;
  private ScriptedNodes nodes;

  @BeforeEach
  void makeTree() throws IOException {
    deployment = new ScriptedDeployment(temp);
    nodes = deployment.nodes;
  }

  @Test
  void deploysToEveryNode() throws Exception {
    DeployResult result = run();

    assertEquals(ScriptedDeployment.NODES, result.nodes().stream().map(NodeResult::node).toList());
    result.nodes().forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
    assertEquals(new Traffic(50, 100, 150, 200), result.traffic());
    assertEquals(150, result.deliveredBytes());
    assertEquals(1, result.tree().files());
    assertFalse(result.interrupted());
  }

  @Test
  void tellsNodesWhatIsExcludedWhereTheyDelete() throws Exception {
    Files.writeString(deployment.tree.resolve(".codeployignore"), "# ours\n*.log\n");
    run();
    assertEquals(List.of(), options("a").spared());
    deployment.options = new DeployOptions(true, false);

    run();

    assertEquals(List.of(new IgnorePatterns("", "*.log")), options("a").spared());
  }

  @Test
  void refusesMorePatternsThanNodesCanBeTold() throws Exception {
    Files.writeString(deployment.tree.resolve(".codeployignore"), "*.log\n".repeat(11_000));
    run().nodes().forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
    deployment.options = new DeployOptions(true, false);

    String said = assertThrows(ScanException.class, this::run).toString();

    assertTrue(said.contains("65,999 characters, at most 65,536"), said);
  }

  private DeployOptions options(String node) {
    return Objects.requireNonNull(nodes.requests.get(node), node).options();
  }

  /** A disk that is not mounted looks just like that. */
  @Test
  void doesNotEmptyEveryNodeFromAnEmptyTree() throws Exception {
    Files.delete(deployment.tree.resolve("file"));
    run().nodes().forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
    nodes.requests.clear();
    deployment.options = new DeployOptions(true, false);

    String said = assertThrows(ScanException.class, this::run).toString();

    assertTrue(said.contains("there is nothing in") && said.contains("empty dest"), said);
    assertEquals(Set.of(), nodes.requests.keySet());
  }

  @Test
  void tellsEachAgentTheSameAboutAllPeersAndASignedRoot() throws Exception {
    run();

    DeployRequest request = nodes.request("c");
    assertEquals(2, request.self());
    assertEquals(new Peer(2, "c", "host-of-c", 9, Optional.empty(), true), request.peers().get(2));
    assertEquals(1, nodes.requests.values().stream().map(DeployRequest::peers).distinct().count());
    assertEquals(1, nodes.requests.values().stream().map(DeployRequest::token).distinct().count());
    Base64.Decoder base64 = Base64.getDecoder();
    SignedRoot.verify(base64.decode(request.signedRoot()), base64.decode(request.publicKey()));
  }

  @Test
  void tellsWhichFileChangedMeanwhileAndNodesThatItIsGone() throws Exception {
    Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    nodes.onDeploy = request -> statuses.add(statusOfTheChangedFile(request));

    run();

    assertEquals(Set.of(410), Set.copyOf(statuses));
    assertTrue(
        deployment.events.contains(
            new Noted("file changed while it was deployed; run codeploy again")),
        deployment.events.toString());
  }

  private int statusOfTheChangedFile(DeployRequest request) {
    try {
      Files.writeString(deployment.tree.resolve("file"), "CONTENT");
      String chunk = Digest.of("content".getBytes(StandardCharsets.UTF_8)).toString();
      String url = ((OriginSpec.ChunkServer) request.origin()).url() + "/c/" + chunk;
      HttpURLConnection asked = (HttpURLConnection) URI.create(url).toURL().openConnection();
      asked.setRequestProperty("Authorization", "Bearer " + request.token());
      return asked.getResponseCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void usesAnotherTokenAndKeyForEachRun() throws Exception {
    run();
    DeployRequest first = nodes.request("a");
    run();
    DeployRequest second = nodes.request("a");

    assertFalse(first.deployment().equals(second.deployment()));
    assertFalse(first.token().equals(second.token()));
    assertFalse(first.publicKey().equals(second.publicKey()));
  }

  @Test
  void settlesANodeThatFailsAtAnyStepAndGoesOnWithTheOthers() throws Exception {
    nodes.connectFailures.put("a", new Unreachable("refused"));
    nodes.agentFailures.put("b", new RemoteFailure("no tar"));
    nodes.deployFailures.put("c", new Disconnected("gone"));
    nodes.reportedErrors.put("d", List.of("x: is a directory", "y: is a directory"));

    DeployResult result = run();

    assertEquals(
        List.of(
            new Unreachable("refused"),
            new RemoteFailure("no tar"),
            new Disconnected("gone"),
            new RemoteFailure("x: is a directory (and 1 more)")),
        result.nodes().subList(0, 4).stream().map(DeployEngineTest::failure).toList());
    assertInstanceOf(Succeeded.class, result.nodes().get(4).outcome());
    assertEquals(
        List.of("c", "d", "e"), nodes.request("e").peers().stream().map(Peer::name).toList());
    // What a failed node fetched was sent all the same.
    assertEquals(new Traffic(20, 40, 60, 80), result.traffic());
  }

  @Test
  void asksAnotherAgentWhenOneGoesAway() throws Exception {
    nodes.losingAgentInTransfer = Set.of("b");
    nodes.losingAgentAtOrigin = Set.of("d");

    DeployResult result = run();

    result.nodes().forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
    // The second agent listens elsewhere; those asked later know.
    assertEquals(10, nodes.request("b").peers().get(1).port());
    assertEquals(9, nodes.request("a").peers().get(1).port());
    assertEquals(10, nodes.request("a").peers().get(3).port());
    assertEquals(
        List.of(
            new Noted("the agent of d went away; another is asked"),
            new Noted("the agent of b went away; another is asked")),
        deployment.events.stream().filter(Noted.class::isInstance).toList());
  }

  @Test
  void doesNotAskAThirdAgentAndTellsWhatTheFirstDiedOfWhenThereIsNoSecond() throws Exception {
    nodes.deployFailures.put("a", new Disconnected("gone again"));
    nodes.losingAgentInTransfer = Set.of("a", "b");
    nodes.noSecondAgent = Set.of("b");

    DeployResult result = run();

    assertEquals(new Disconnected("gone again"), failure(result.nodes().get(0)));
    assertEquals(new Disconnected("gone"), failure(result.nodes().get(1)));
  }

  @Test
  void endsEachNodeWithExactlyOneEvent() throws Exception {
    nodes.connectFailures.put("a", new Unreachable("refused"));
    nodes.deployFailures.put("c", new Disconnected("gone"));

    run();

    assertEquals(
        List.of("a", "b", "c", "d", "e"),
        deployment.events.stream()
            .filter(NodeEnded.class::isInstance)
            .map(event -> ((NodeEnded) event).node().name())
            .sorted()
            .toList());
  }

  @Test
  void goesThroughThePhasesInOrder() throws Exception {
    run();

    assertEquals(
        List.of(
            new PhaseStarted(Phase.SCAN, 0),
            new PhaseStarted(Phase.AGENTS, 5),
            new PhaseStarted(Phase.ORIGIN, 5),
            new PhaseStarted(Phase.TRANSFER, 5)),
        deployment.events.stream().filter(PhaseStarted.class::isInstance).toList());
  }

  @Test
  void makesOwnersOfThoseThatReachTheOriginOnly() throws Exception {
    nodes.reaching = Set.of("b", "d");

    run();

    assertEquals(
        List.of(false, true, false, true, false),
        nodes.request("a").peers().stream().map(Peer::originAccess).toList());
  }

  @Test
  void bringsTheOriginToThreeNodesThroughSshWhenNobodyReachesIt() throws Exception {
    nodes.reaching = Set.of();
    nodes.forwarding = Set.of("b", "c", "d", "e");

    DeployResult result = run();

    assertEquals(
        List.of(false, true, true, true, false),
        nodes.request("a").peers().stream().map(Peer::originAccess).toList());
    assertEquals(new ChunkServer("http://127.0.0.1:4242"), nodes.request("b").origin());
    result.nodes().forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
  }

  @Test
  void saysWhatToDoWhenNobodyCanHaveTheOrigin() throws Exception {
    nodes.reaching = Set.of();

    DeployResult result = run();

    assertTrue(nodes.requests.isEmpty());
    for (NodeResult node : result.nodes()) {
      assertTrue(failure(node).message().contains("--origin-port"), failure(node).message());
    }
  }

  @Test
  void reportsEveryNodeWhenInterrupted() throws Exception {
    nodes.connectFailures.put("a", new Unreachable("refused"));
    nodes.makeEndless("b", "c", "d", "e");
    FutureTask<DeployResult> result = new FutureTask<>(this::run);
    Thread runner = Thread.ofVirtual().start(result);
    nodes.awaitEndless();

    runner.interrupt();
    runner.join();

    DeployResult stopped = result.get();
    assertTrue(stopped.interrupted());
    assertInstanceOf(Failed.class, stopped.nodes().getFirst().outcome());
    for (NodeResult node : stopped.nodes().subList(1, 5)) {
      assertEquals(new NotRun<NodeReport>(), node.outcome());
    }
    assertEquals(List.of("b", "c", "d", "e"), nodes.closed.stream().sorted().toList());
  }

  @Test
  void closesEveryConnection() throws Exception {
    nodes.agentFailures.put("b", new RemoteFailure("no tar"));

    run();

    assertEquals(List.of("a", "b", "c", "d", "e"), nodes.closed.stream().sorted().toList());
  }

  @Test
  void touchesNoNodeWhenTheTreeCannotBeScanned() throws IOException {
    Files.delete(deployment.tree.resolve("file"));
    Files.delete(deployment.tree);

    assertThrows(ScanException.class, this::run);

    assertTrue(nodes.closed.isEmpty());
  }

  private DeployResult run() throws Exception {
    return deployment.run(io.codeploy.multiquery.fanout.Pace.window(2), TimeSource.system());
  }

  private static NodeFailure failure(NodeResult node) {
    NodeOutcome<NodeReport> outcome = node.outcome();
    return assertInstanceOf(Failed.class, outcome).failure();
  }
}
