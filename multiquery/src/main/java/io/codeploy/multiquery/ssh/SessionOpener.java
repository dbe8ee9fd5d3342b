package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.FileTrouble;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.config.HostSettings;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.ssh.hostkey.KnownHostsWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousSocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.core.CoreModuleProperties;

/** Connects to one of a host's addresses, checks the host key and logs in. */
final class SessionOpener {
  private final SshClient client;
  private final Approach approach;
  private final KnownHostsWriter writer = new KnownHostsWriter(new SecureRandom());

  /** The file cannot be written to, and that has been said. */
  private final AtomicBoolean complained = new AtomicBoolean();

  private final Person person;

  SessionOpener(SshClient client, Approach approach, Person person) {
    this.client = client;
    this.approach = approach;
    this.person = person;
  }

  /**
   * Opens a session to the first address of {@code way} that answers; each gets a fair part of the
   * time that is left. ConnectTimeout is the limit of that and, as for OpenSSH, of what follows up
   * to the host key: a host that is frozen still takes connections.
   *
   * @throws InterruptedException if interrupted; nothing is left open
   */
  ClientSession open(Attempt attempt, Approach.Way way, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    Deadline connecting =
        attempt.settings().reach().connectTimeout().map(deadline::cappedBy).orElse(deadline);
    ClientSession session = connect(attempt, way, connecting);
    try {
      authenticate(attempt, session, connecting, deadline);
      attempt.warning().ifPresent(person::tell);
      remember(attempt);
      return session;
    } catch (NodeFailedException | InterruptedException | RuntimeException e) {
      session.close(true);
      throw e;
    }
  }

  private ClientSession connect(Attempt attempt, Approach.Way way, Deadline whole)
      throws NodeFailedException, InterruptedException {
    List<InetSocketAddress> addresses = way.addresses();
    NodeFailedException first = null;
    for (int i = 0; i < addresses.size(); i++) {
      long part = Math.max(1, whole.remainingMillis() / (addresses.size() - i));
      Optional<Sockets.Dialled> begun = i == 0 ? way.first() : Optional.empty();
      try {
        return connect(attempt, addresses.get(i), begun, whole, Duration.ofMillis(part));
      } catch (NodeFailedException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? whole.timedOut("connect") : first;
  }

  private ClientSession connect(
      Attempt attempt,
      InetSocketAddress address,
      Optional<Sockets.Dialled> begun,
      Deadline whole,
      Duration part)
      throws NodeFailedException, InterruptedException {
    return session(attempt, address, socket(attempt, address, begun, whole, part));
  }

  private AsynchronousSocketChannel socket(
      Attempt attempt,
      InetSocketAddress address,
      Optional<Sockets.Dialled> begun,
      Deadline whole,
      Duration part)
      throws NodeFailedException, InterruptedException {
    try {
      Sockets.Dialled dialled =
          begun.isPresent() ? begun.get() : approach.dial(attempt.settings(), address);
      return dialled.made(whole.cappedBy(part).remainingMillis());
    } catch (TimeoutException e) {
      throw whole.timedOut("connect");
    } catch (IOException | RuntimeException e) {
      throw failure(attempt, e);
    }
  }

  /** The session over {@code socket}, which is closed with it, or at once where there is none. */
  private ClientSession session(
      Attempt attempt, InetSocketAddress address, AsynchronousSocketChannel socket)
      throws NodeFailedException {
    ConnectFuture future;
    try {
      String user = attempt.settings().target().user();
      future = client.connect(user, named(attempt, address), attempt.context(socket), null);
    } catch (IOException | RuntimeException e) {
      // A client that was closed meanwhile says so by IllegalStateException.
      Sockets.hangUp(socket);
      throw failure(attempt, e);
    }
    // Done on return, since the socket is connected.
    if (!future.isConnected()) {
      Sockets.hangUp(socket);
      Throwable thrown = future.getException();
      throw failure(attempt, thrown == null ? new IOException("the client has ended") : thrown);
    }
    return future.getClientSession();
  }

  /** MINA compares principals of certificates with the name in the address, also behind a proxy. */
  private static InetSocketAddress named(Attempt attempt, InetSocketAddress address)
      throws UnknownHostException {
    byte[] bytes = address.getAddress().getAddress();
    return new InetSocketAddress(
        InetAddress.getByAddress(attempt.settings().hostKeys().name(), bytes), address.getPort());
  }

  private void authenticate(
      Attempt attempt, ClientSession session, Deadline connecting, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    AuthFuture future;
    try {
      future = session.auth();
    } catch (IOException e) {
      throw failure(attempt, e);
    }
    if (!Futures.await(future, connecting) && attempt.stage() == MinaFailures.Stage.CONNECTING) {
      throw connecting.timedOut("connect");
    }
    if (!Futures.await(future, deadline)) {
      throw deadline.timedOut(attempt.phase());
    }
    if (!future.isSuccess()) {
      Throwable thrown = future.getException();
      throw failure(attempt, thrown == null ? new IOException("authentication failed") : thrown);
    }
  }

  private NodeFailedException failure(Attempt attempt, Throwable thrown) {
    if (attempt.refusal().isPresent()) {
      return new NodeFailedException(attempt.refusal().get(), thrown);
    }
    NodeFailedException failed = MinaFailures.of(thrown, attempt.stage(), attempt.label());
    if (failed.failure() instanceof NodeFailure.TurnedAway) {
      listenFirst();
      return turnedAway(attempt, failed, thrown);
    }
    if (failed.failure() instanceof NodeFailure.AuthenticationRejected) {
      return new NodeFailedException(
          new NodeFailure.AuthenticationRejected(rejected(attempt, failed.failure().message())),
          thrown);
    }
    return failed;
  }

  /**
   * Has later connections wait for the server's greeting before they send ours. A server that
   * closes without having read what was sent resets the connection, and what it said of the reason
   * may be lost with it. Costs these connections a round trip, which is no matter where servers
   * turn us away.
   */
  private void listenFirst() {
    CoreModuleProperties.SEND_IMMEDIATE_IDENTIFICATION.set(client, false);
  }

  private static NodeFailedException turnedAway(
      Attempt attempt, NodeFailedException failed, Throwable thrown) {
    if (attempt.remarks().isEmpty()) {
      return failed;
    }
    String said = String.join("; ", attempt.remarks());
    return new NodeFailedException(
        new NodeFailure.TurnedAway(failed.failure().message() + "; " + said), thrown);
  }

  private static String rejected(Attempt attempt, String message) {
    String remarks = attempt.remarks().isEmpty() ? "" : "; " + String.join("; ", attempt.remarks());
    return message + " (tried " + attempt.offer().describe() + remarks + ")";
  }

  private void remember(Attempt attempt) throws InterruptedException {
    HostSettings.HostKeys hostKeys = attempt.settings().hostKeys();
    if (attempt.learned().isEmpty() || hostKeys.remembering().isEmpty()) {
      return;
    }
    try {
      writer.append(
          hostKeys.remembering().get(),
          attempt.known().name(),
          hostKeys.hashNames(),
          attempt.learned().get());
    } catch (IOException e) {
      MinaFailures.rethrowInterruption(e);
      // As OpenSSH: a home that cannot be written to is no reason not to work.
      if (complained.compareAndSet(false, true)) {
        person.tell("new host keys are not remembered: " + FileTrouble.text(e));
      }
    }
  }
}
