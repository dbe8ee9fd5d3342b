package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.agent.control.Caps;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.cli.deploy.DeployEvent.NodeProgressed;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.scan.ScannedTree;
import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Stop;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.node.NodeFailure.LeftBehind;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Hands every agent its request, all at once, and follows their events to the end. */
final class Push {
  private final Credentials credentials;
  private final Deployment deployment;
  private final ScannedTree tree;
  private final Conversation conversation;
  private final Run run;

  /** Of all nodes that reported, failed ones included. */
  private final Queue<Traffic> traffic = new ConcurrentLinkedQueue<>();

  Push(
      Credentials credentials,
      Deployment deployment,
      ScannedTree tree,
      Conversation conversation,
      Run run) {
    this.credentials = credentials;
    this.deployment = deployment;
    this.tree = tree;
    this.conversation = conversation;
    this.run = run;
  }

  /** Settles every member in the run. */
  void push(List<Reachable> members) {
    List<Integer> ranks = IntStream.range(0, members.size()).boxed().toList();
    List<Peer> peers =
        ranks.stream()
            .map(rank -> members.get(rank).member().peer(rank, members.get(rank).access()))
            .toList();
    CountDownLatch begun = new CountDownLatch(members.size());
    new Passage<>(
            Phase.TRANSFER,
            run,
            ranks,
            rank -> members.get(rank).member().place(),
            (Integer rank, Turn turn) -> {
              // Nobody is to miss the swarm because enough others were quick.
              begun.countDown();
              begun.await();
              return deploy(new Part(rank, members.get(rank), peers, turn));
            })
        .at(deployment.pace().transfer(members.size()), "codeploy-push");
  }

  /** A member's part in the deployment. */
  private record Part(int rank, Reachable reachable, List<Peer> peers, Turn turn) {}

  Traffic traffic() {
    return traffic.stream().reduce(new Traffic(0, 0, 0, 0), Push::sum);
  }

  private NodeReport deploy(Part part) throws NodeFailedException, InterruptedException {
    Member member = part.reachable().member();
    long start = run.time().nanoTime();
    Report report = conversation.hold(member, present -> follow(present, part));
    traffic.add(report.traffic());
    if (!report.errors().isEmpty()) {
      throw new NodeFailedException(new RemoteFailure(oneLine(report.errors())));
    }
    NodeReport well = new NodeReport(report.counts(), report.traffic());
    run.end(member.index(), new Succeeded<>(well, member.prepared().plus(run.time().since(start))));
    return well;
  }

  private Report follow(Member present, Part part)
      throws NodeFailedException, InterruptedException {
    List<Peer> known = new ArrayList<>(part.peers());
    known.set(part.rank(), present.peer(part.rank(), part.reachable().access()));
    try {
      return present
          .agent()
          .deploy(
              request(part.rank(), part.reachable(), known),
              progress -> run.tell(new NodeProgressed(present.node(), progress)));
    } catch (InterruptedException e) {
      giveUp(present.agent(), part);
      throw e;
    }
  }

  /** What becomes of what the agent does, now that nobody waits for it any longer. */
  private void giveUp(AgentLink agent, Part part) throws NodeFailedException, InterruptedException {
    switch (part.turn().why()) {
      // The operator may be gone, too: an agent makes way for the next run.
      case Stop.Interrupted interrupted -> {}
      case Stop.Halted halted -> end(agent);
      case Stop.Expired expired -> end(agent);
      case Stop.Opened opened -> {
        if (deployment.pace().nodes().barrier().stragglers() == Stragglers.LEAVE) {
          throw new NodeFailedException(new LeftBehind(opened.after(), rest(part.reachable())));
        }
        end(agent);
      }
    }
  }

  private void end(AgentLink agent) throws InterruptedException {
    try {
      agent.end(credentials.deployment());
    } catch (NodeFailedException e) {
      // It does not answer. Should it ever go on, it makes way for the next run.
    }
  }

  /** An origin of ours ends with the run. */
  private static String rest(Reachable reachable) {
    return reachable.access() && reachable.origin() instanceof OriginSpec.WebTree
        ? "its agent goes on by itself"
        : "its agent goes on with what other nodes have";
  }

  private DeployRequest request(int rank, Reachable reachable, List<Peer> peers) {
    return new DeployRequest(
        credentials.deployment(),
        credentials.token().hex(),
        rank,
        peers,
        deployment.remoteDir(),
        credentials.signedRoot(),
        credentials.publicKey(),
        credentials.manifest(),
        reachable.origin(),
        deployment
            .options()
            .sparing(tree.leftOut())
            .within(caps(deployment.rates(), reachable.origin(), peers)),
        new Extent.Whole(
            tree.delta().map(one -> Base64.getEncoder().encodeToString(one.name().encode())),
            tree.mode()));
  }

  /** Ours keeps to the rate by itself; those who ask a web server of the user's share it. */
  static Caps caps(Rates rates, OriginSpec origin, List<Peer> peers) {
    OptionalLong all = origin instanceof OriginSpec.WebTree ? rates.run() : OptionalLong.empty();
    long asking = Math.max(1, peers.stream().filter(Peer::originAccess).count());
    return new Caps(
        all.isPresent() ? Math.max(1, all.getAsLong() / asking) : Long.MAX_VALUE,
        rates.node().orElse(Long.MAX_VALUE));
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
