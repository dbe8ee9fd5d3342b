package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.chunkcache.swarm.Peer;
import io.codeploy.cli.deploy.DeployEvent.NodeProgressed;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.NotRun;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Hands every agent its request, all at once, and follows their events to the end. */
final class Push {
  private final Credentials credentials;
  private final String remoteDir;
  private final DeployOptions options;
  private final Conversation conversation;
  private final Run run;

  /** Of all nodes that reported, failed ones included. */
  private final Queue<Traffic> traffic = new ConcurrentLinkedQueue<>();

  Push(
      Credentials credentials,
      String remoteDir,
      DeployOptions options,
      Conversation conversation,
      Run run) {
    this.credentials = credentials;
    this.remoteDir = remoteDir;
    this.options = options;
    this.conversation = conversation;
    this.run = run;
  }

  /** Settles every member in the run. */
  void push(List<Reachable> members) {
    if (members.isEmpty()) {
      return;
    }
    List<Integer> ranks = IntStream.range(0, members.size()).boxed().toList();
    List<Peer> peers =
        ranks.stream()
            .map(rank -> members.get(rank).member().peer(rank, members.get(rank).access()))
            .toList();
    // No window: members of a swarm wait for each other.
    Fanout fanout = new Fanout("codeploy-push", members.size(), Duration.ZERO, run.time());
    fanout.<Integer, NodeOutcome<NodeReport>>map(
        ranks, rank -> deploy(rank, members.get(rank), peers), rank -> new NotRun<>());
  }

  Traffic traffic() {
    return traffic.stream().reduce(new Traffic(0, 0, 0, 0), Push::sum);
  }

  private NodeOutcome<NodeReport> deploy(int rank, Reachable reachable, List<Peer> peers)
      throws InterruptedException {
    Member member = reachable.member();
    long start = run.time().nanoTime();
    NodeOutcome<NodeReport> outcome;
    try {
      Report report = conversation.hold(member, present -> follow(present, rank, reachable, peers));
      traffic.add(report.traffic());
      outcome = outcome(report, member.prepared().plus(run.time().since(start)));
    } catch (NodeFailedException e) {
      outcome = new Failed<>(e.failure(), member.prepared().plus(run.time().since(start)));
    }
    run.end(member.index(), outcome);
    return outcome;
  }

  private Report follow(Member present, int rank, Reachable reachable, List<Peer> peers)
      throws NodeFailedException, InterruptedException {
    List<Peer> known = new ArrayList<>(peers);
    known.set(rank, present.peer(rank, reachable.access()));
    return present
        .agent()
        .deploy(
            request(rank, reachable, known),
            progress -> run.tell(new NodeProgressed(present.node(), progress)));
  }

  private DeployRequest request(int rank, Reachable reachable, List<Peer> peers) {
    return new DeployRequest(
        credentials.deployment(),
        credentials.token().hex(),
        rank,
        peers,
        remoteDir,
        credentials.signedRoot(),
        credentials.publicKey(),
        reachable.origin(),
        options);
  }

  private static NodeOutcome<NodeReport> outcome(Report report, Duration elapsed) {
    return report.errors().isEmpty()
        ? new Succeeded<>(new NodeReport(report.counts(), report.traffic()), elapsed)
        : new Failed<>(new RemoteFailure(oneLine(report.errors())), elapsed);
  }

  private static String oneLine(List<String> errors) {
    String first = errors.getFirst();
    return errors.size() == 1 ? first : first + " (and " + (errors.size() - 1) + " more)";
  }

  private static Traffic sum(Traffic a, Traffic b) {
    return new Traffic(
        a.fromOrigin() + b.fromOrigin(),
        a.fromPeers() + b.fromPeers(),
        a.fromStore() + b.fromStore(),
        a.served() + b.served());
  }
}
