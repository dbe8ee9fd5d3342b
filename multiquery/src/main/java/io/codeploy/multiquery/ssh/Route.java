package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.call.Once;
import io.codeploy.multiquery.ssh.config.HostSettings;
import io.codeploy.multiquery.ssh.config.HostSettingsResolver;
import io.codeploy.multiquery.ssh.config.Jump;
import io.codeploy.multiquery.ssh.hostkey.KnownHosts;
import io.codeploy.multiquery.ssh.hostkey.KnownKeys;
import io.codeploy.multiquery.ssh.key.Identities;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/**
 * The way to a host: straight, through a command, or through jump hosts. A session to a jump host
 * is opened once and shared by all nodes behind it, because an sshd refuses many logins at the same
 * time (MaxStartups); it ends with the client.
 */
final class Route {
  private static final int MAX_JUMPS = 8;

  /** For one jump host; nodes behind it wait within their own limits. */
  private static final Duration JUMP_LIMIT = Duration.ofMinutes(2);

  private final HostSettingsResolver resolver;
  private final KnownHosts hosts;
  private final Identities identities;
  private final SessionOpener opener;
  private final TimeSource time;
  private final Approach approach;

  /** Sessions to jump hosts, by the hops that lead there and themselves last. */
  private final Once<List<String>, ClientSession> jumps = new Once<>("ssh-jump", this::openJump);

  Route(
      HostSettingsResolver resolver,
      KnownHosts hosts,
      Identities identities,
      Approach approach,
      SessionOpener opener,
      TimeSource time) {
    this.resolver = resolver;
    this.hosts = hosts;
    this.identities = identities;
    this.approach = approach;
    this.opener = opener;
    this.time = time;
  }

  /** Opens a session to the host of {@code settings}. */
  ClientSession open(HostSettings settings, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    return open(settings, path(settings, deadline), deadline);
  }

  private ClientSession open(HostSettings settings, List<String> path, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    Attempt attempt = attempt(settings, deadline);
    try {
      return reconsidered(attempt, path, deadline);
    } catch (NodeFailedException e) {
      if (attempt.known().authorities().isEmpty() || !MinaFailures.inKeyExchange(e)) {
        throw e;
      }
      return uncertified(attempt, e, path, deadline);
    }
  }

  /** Asks once more, for the types of key that are listed, where the first answer tells them. */
  private ClientSession reconsidered(Attempt attempt, List<String> path, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    try {
      return reach(attempt, path, deadline);
    } catch (NodeFailedException e) {
      if (attempt.betterKnown().isEmpty()) {
        throw e;
      }
      return reach(attempt.with(attempt.betterKnown().get()), path, deadline);
    }
  }

  /** A certificate that is expired or another's counts for nothing; the key may, as for ssh. */
  private ClientSession uncertified(
      Attempt attempt, NodeFailedException certificate, List<String> path, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    try {
      return reconsidered(attempt.with(attempt.known().uncertified()), path, deadline);
    } catch (NodeFailedException e) {
      if (!(e.failure() instanceof NodeFailure.HostKeyRejected rejected)) {
        throw e;
      }
      String both = rejected.message() + "; " + certificate.failure().message();
      throw new NodeFailedException(new NodeFailure.HostKeyRejected(both), certificate);
    }
  }

  private Attempt attempt(HostSettings settings, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    HostSettings.HostKeys hostKeys = settings.hostKeys();
    try {
      KnownKeys known = hosts.find(hostKeys.files(), hostKeys.name(), hostKeys.port(), deadline);
      return new Attempt(settings, known, identities.offer(settings.keys(), deadline));
    } catch (NodeFailedException | InterruptedException e) {
      approach.giveUp(settings);
      throw e;
    }
  }

  private ClientSession reach(Attempt attempt, List<String> path, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    if (!path.isEmpty()) {
      return throughJumps(attempt, path, deadline);
    }
    HostSettings settings = attempt.settings();
    if (settings.reach().proxy() instanceof HostSettings.Proxy.Command command) {
      return throughCommand(attempt, command, deadline);
    }
    return opener.open(attempt, approach.way(settings, deadline), deadline);
  }

  private ClientSession throughCommand(
      Attempt attempt, HostSettings.Proxy.Command command, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    ProxyProcess proxy;
    try {
      proxy = ProxyProcess.start(command);
    } catch (IOException e) {
      throw MinaFailures.of(e, MinaFailures.Stage.CONNECTING, attempt.label());
    }
    try {
      ClientSession session =
          opener.open(attempt, Approach.Way.to(List.of(proxy.entry())), deadline);
      session.addCloseFutureListener(closed -> proxy.close());
      return session;
    } catch (NodeFailedException e) {
      proxy.close();
      throw proxy.explain(e);
    } catch (InterruptedException | RuntimeException e) {
      proxy.close();
      throw e;
    }
  }

  private ClientSession throughJumps(Attempt attempt, List<String> path, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    ClientSession jump = jump(path, deadline);
    SshdSocketAddress entry = forward(jump, attempt.settings().target(), path);
    try {
      return opener.open(attempt, Approach.Way.to(List.of(entry.toInetSocketAddress())), deadline);
    } catch (NodeFailedException e) {
      throw explained(e, jump, attempt, path, deadline);
    } finally {
      // What has come in stays; others on this machine shall have no way in.
      stop(jump, entry);
    }
  }

  /**
   * Of a jump host that could not connect the port here only shows a server that hangs up. Asked
   * for a channel once more it says why.
   */
  private static NodeFailedException explained(
      NodeFailedException failed,
      ClientSession jump,
      Attempt attempt,
      List<String> path,
      Deadline deadline)
      throws InterruptedException {
    if (!(failed.failure() instanceof NodeFailure.TurnedAway)) {
      return failed;
    }
    HostSettings.Target target = attempt.settings().target();
    SshdSocketAddress from = new SshdSocketAddress("127.0.0.1", 0);
    SshdSocketAddress to = new SshdSocketAddress(target.host(), target.port());
    try (var opened =
        Channels.open(jump, s -> s.createDirectTcpipChannel(from, to), deadline, "connect")) {
      return failed;
    } catch (NodeFailedException e) {
      if (!(e.failure() instanceof NodeFailure.RemoteFailure refused)) {
        return failed;
      }
      String why = attempt.label() + ": jump host " + path.getLast() + ": " + refused.message();
      return new NodeFailedException(
          MinaFailures.lacksRoom(e)
              ? new NodeFailure.TurnedAway(why)
              : new NodeFailure.Unreachable(why),
          e);
    }
  }

  /** All hops, those of the first hop's own {@code ProxyJump} included. */
  private List<String> path(HostSettings settings, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    List<String> path = settings.jumps();
    List<String> before = path;
    while (!before.isEmpty()) {
      before = resolver.jump(Jump.parse(path.getFirst()), deadline).jumps();
      List<String> longer = new ArrayList<>(before);
      longer.addAll(path);
      path = longer;
      if (path.size() > MAX_JUMPS) {
        throw new NodeFailedException(
            new NodeFailure.Unreachable(
                "more than " + MAX_JUMPS + " jump hosts; does ProxyJump lead back to itself?"));
      }
    }
    return path;
  }

  private static SshdSocketAddress forward(
      ClientSession jump, HostSettings.Target target, List<String> path)
      throws NodeFailedException, InterruptedException {
    try {
      return jump.startLocalPortForwarding(
          new SshdSocketAddress("127.0.0.1", 0),
          new SshdSocketAddress(target.host(), target.port()));
    } catch (IOException e) {
      MinaFailures.rethrowInterruption(e);
      throw MinaFailures.of(e, MinaFailures.Stage.CONNECTING, "jump host " + path.getLast());
    }
  }

  private static void stop(ClientSession jump, SshdSocketAddress entry) {
    try {
      jump.stopLocalPortForwarding(entry);
    } catch (IOException | RuntimeException e) {
      // The session to the jump host is gone, and the port with it.
    }
  }

  private ClientSession jump(List<String> path, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    try {
      ClientSession session = jumps.get(path, deadline.remainingMillis());
      if (session.isOpen()) {
        return session;
      }
      jumps.forget(path, session);
      return jumps.get(path, deadline.remainingMillis());
    } catch (TimeoutException e) {
      throw deadline.timedOut("connect");
    } catch (ExecutionException e) {
      String hop = "jump host " + path.getLast();
      NodeFailure failed = MinaFailures.of(e, MinaFailures.Stage.CONNECTING, hop).failure();
      String why = hop + ": " + failed.message();
      throw new NodeFailedException(
          // Which is tried again, as one that turns away the node itself is.
          failed instanceof NodeFailure.TurnedAway
              ? new NodeFailure.TurnedAway(why)
              : new NodeFailure.Unreachable(why),
          e);
    }
  }

  private ClientSession openJump(List<String> path)
      throws NodeFailedException, InterruptedException {
    Deadline deadline = Deadline.after(time, JUMP_LIMIT);
    HostSettings settings = resolver.jump(Jump.parse(path.getLast()), deadline);
    return open(settings, path.subList(0, path.size() - 1), deadline);
  }
}
