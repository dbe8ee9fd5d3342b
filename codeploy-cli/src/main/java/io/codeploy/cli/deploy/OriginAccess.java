package io.codeploy.cli.deploy;

import io.codeploy.agent.control.OriginSpec;
import io.codeploy.agent.control.OriginSpec.ChunkServer;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Throttle;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.origin.EmbeddedOrigin;
import io.codeploy.cli.origin.OriginException;
import io.codeploy.cli.origin.WebOrigin;
import io.codeploy.cli.scan.ScannedTree;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds for every node where it gets the content from first. In this order, until somebody has
 * access: the user's web server; the embedded origin, directly; the embedded origin, through SSH on
 * {@value EmbeddedOrigin#MOST_FORWARDS} nodes. Owns the origins.
 */
final class OriginAccess implements AutoCloseable {
  private final ScannedTree tree;
  private final OriginAddress address;
  private final OptionalLong rate;
  private final BearerToken token;
  private final Optional<WebOrigin> web;
  private final ReachChecks checks;
  private final Run run;
  private Optional<EmbeddedOrigin> embedded = Optional.empty();

  private OriginAccess(
      ScannedTree tree,
      OriginAddress address,
      OptionalLong rate,
      BearerToken token,
      Optional<WebOrigin> web,
      ReachChecks checks,
      Run run) {
    this.tree = tree;
    this.address = address;
    this.rate = rate;
    this.token = token;
    this.web = web;
    this.checks = checks;
    this.run = run;
  }

  /**
   * Checks that the URL, if there is one, serves the tree.
   *
   * @throws OriginException if it does not
   */
  static OriginAccess prepare(
      Deployment deployment,
      ScannedTree tree,
      BearerToken token,
      Conversation conversation,
      Run run)
      throws OriginException, InterruptedException {
    Optional<WebOrigin> web =
        deployment.url().isEmpty()
            ? Optional.empty()
            : Optional.of(WebOrigin.prepare(deployment.url().get(), tree));
    ReachChecks checks = new ReachChecks(token, conversation, deployment.pace(), run);
    return new OriginAccess(
        tree, deployment.originAddress(), deployment.rates().run(), token, web, checks, run);
  }

  /**
   * Where each of {@code members} finds the origin; settles those whose agents were lost meanwhile,
   * and all of them when nobody has access.
   *
   * @throws OriginException if the embedded origin cannot listen
   */
  List<Reachable> find(List<Member> members) throws OriginException {
    if (web.isEmpty()) {
      return findEmbedded(members);
    }
    OriginSpec spec = web.get().spec();
    List<Reachable> checked = checks.check(members, member -> spec);
    if (checked.isEmpty() || ReachChecks.anyAccess(checked)) {
      return checked;
    }
    run.tell(new Noted("no node reaches the URL; this machine serves the content instead"));
    return findEmbedded(checked.stream().map(Reachable::member).toList());
  }

  private List<Reachable> findEmbedded(List<Member> members) throws OriginException {
    EmbeddedOrigin origin = start(members);
    List<Reachable> direct =
        checks.check(members, member -> new ChunkServer(origin.url(addressFor(member))));
    if (direct.isEmpty() || ReachChecks.anyAccess(direct)) {
      return direct;
    }
    List<Reachable> forwarded = new Forwards(origin, checks, run).find(direct, this::addressFor);
    if (ReachChecks.anyAccess(forwarded)) {
      return forwarded;
    }
    forwarded.forEach(reachable -> run.end(reachable.member().index(), cutOff(reachable)));
    return List.of();
  }

  /** Bytes that left the embedded origin, if it was needed. */
  OptionalLong embeddedBytes() {
    return embedded.isEmpty() ? OptionalLong.empty() : OptionalLong.of(embedded.get().bytesSent());
  }

  /** Stops serving, and removes what was offered; tells of copies that could not be removed. */
  @Override
  public void close() {
    embedded.ifPresent(EmbeddedOrigin::close);
    if (web.isPresent()) {
      try {
        web.get().close();
      } catch (IOException e) {
        run.tell(new Noted("cannot remove what was offered to the web server: " + e.getMessage()));
      }
    }
  }

  private EmbeddedOrigin start(List<Member> members) throws OriginException {
    List<InetAddress> addresses = members.stream().map(this::addressFor).distinct().toList();
    try {
      Throttle throttle = Throttle.at(rate.orElse(Long.MAX_VALUE), run.time()::nanoTime);
      EmbeddedOrigin origin =
          EmbeddedOrigin.start(addresses, address.port(), tree.chunks(), token, throttle);
      embedded = Optional.of(origin);
      return origin;
    } catch (IOException e) {
      throw new OriginException(
          "cannot listen for nodes: " + e.getMessage() + "; choose another --origin-port", e);
    }
  }

  private InetAddress addressFor(Member member) {
    return address.address().orElse(member.localAddress());
  }

  private static Failed<NodeReport> cutOff(Reachable reachable) {
    return new Failed<>(
        new RemoteFailure(
            "no node reaches this machine, directly or through SSH forwarding; open a port for"
                + " --origin-port, or give the URL of a web server that serves DIR"),
        reachable.member().prepared());
  }
}
