package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

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

    /** What is to be thrown when the session is gone. */
    NodeFailedException lost() {
      return Attempt.of(session).lost();
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
      // A server that has just let us in writes of its host keys first, unasked.
      Attempt.socket(session.getConnectionContext()).ifPresent(Sockets::acknowledgeSoon);
    } catch (IOException | RuntimeException e) {
      // A session that is closing refuses by IllegalStateException.
      MinaFailures.rethrowInterruption(e);
      throw failure(session, e);
    }
    boolean opened = false;
    try {
      Futures.await(future, deadline, phase);
      if (!future.isOpened()) {
        throw failure(session, future.getException());
      }
      opened = true;
    } finally {
      if (!opened) {
        channel.close(false);
      }
    }
    return new Opened<>(channel, session);
  }

  private static NodeFailedException failure(ClientSession session, @Nullable Throwable thrown) {
    Attempt attempt = Attempt.of(session);
    return thrown == null || !session.isOpen()
        ? attempt.lost()
        : MinaFailures.of(thrown, MinaFailures.Stage.OPEN, attempt.label());
  }
}
