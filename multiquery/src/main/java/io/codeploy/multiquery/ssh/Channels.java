package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.client.session.ClientSession;

/** Opens channels. */
final class Channels {
  private Channels() {}

  /** Makes a channel that is not open yet. */
  @FunctionalInterface
  interface Maker<C> {
    C make(ClientSession session) throws IOException;
  }

  /**
   * An open channel. Closing sends the close message and does not wait for the answer: closing
   * "immediately", in MINA's words, would not tell the server at all, and leave the command
   * running.
   */
  record Opened<C extends AbstractClientChannel>(C channel, ClientSession session)
      implements AutoCloseable {
    @Override
    public void close() {
      channel.close(false);
    }

    /** Why the session ended, if it did. */
    NodeFailedException lost(String what) {
      return new NodeFailedException(
          new NodeFailure.Disconnected(
              session.getUsername() + "@" + session.getConnectAddress() + ": " + what));
    }
  }

  /**
   * Opens a channel.
   *
   * @param phase for {@code TimedOut}
   */
  static <C extends AbstractClientChannel> Opened<C> open(
      ClientSession session, Maker<C> maker, Deadline deadline, String phase)
      throws NodeFailedException, InterruptedException {
    C channel;
    OpenFuture future;
    try {
      channel = maker.make(session);
      future = channel.open();
    } catch (IOException | RuntimeException e) {
      // A session that is closing refuses by IllegalStateException.
      MinaFailures.rethrowInterruption(e);
      throw MinaFailures.of(e, MinaFailures.Stage.OPEN, session.getConnectAddress());
    }
    boolean opened = false;
    try {
      Futures.await(future, deadline, phase);
      if (future.getException() != null) {
        throw MinaFailures.of(
            future.getException(), MinaFailures.Stage.OPEN, session.getConnectAddress());
      }
      if (!future.isOpened()) {
        throw MinaFailures.of(
            new IOException("session closed"),
            MinaFailures.Stage.OPEN,
            session.getConnectAddress());
      }
      opened = true;
    } finally {
      if (!opened) {
        channel.close(false);
      }
    }
    return new Opened<>(channel, session);
  }
}
