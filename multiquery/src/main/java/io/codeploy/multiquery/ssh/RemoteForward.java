package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;

/** Asks a server to listen and to forward what connects. */
final class RemoteForward {
  private RemoteForward() {}

  /** Returns the port on the server's loopback address. */
  static int start(ClientSession session, InetSocketAddress target, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    Duration left = Duration.ofMillis(Math.max(1, deadline.remainingMillis()));
    CoreModuleProperties.FORWARD_REQUEST_TIMEOUT.set(session, left);
    try {
      return session
          .startRemotePortForwarding(
              new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(target))
          .getPort();
    } catch (SocketTimeoutException e) {
      throw deadline.timedOut("connect");
    } catch (IOException | RuntimeException e) {
      MinaFailures.rethrowInterruption(e);
      if (!session.isOpen()) {
        throw Attempt.of(session).lost();
      }
      throw new NodeFailedException(
          new NodeFailure.RemoteFailure(
              "administratively prohibited: the server does not forward ports to this machine"
                  + " (AllowTcpForwarding in sshd_config?)"),
          e);
    }
  }
}
