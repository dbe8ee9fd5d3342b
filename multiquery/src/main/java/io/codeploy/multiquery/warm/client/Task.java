package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.warm.wire.Alarm;
import io.codeploy.multiquery.warm.wire.Fields;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.ProtocolException;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.time.Duration;

/** The socket of one thing that is done over a lease. */
record Task(Wire wire) implements AutoCloseable {
  /** Asks, and takes the one answer of the type {@code wanted}. */
  Fields ask(Frame what, FrameType wanted, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    Duration limit = deadline.limit();
    try (Alarm alarm =
        Alarm.set(
            wire, limit.isZero() ? limit : limit.plus(KeeperConnector.GRACE), deadline.time())) {
      wire.send(what);
      Frame answer = wire.next();
      if (answer.type() == FrameType.FAILED) {
        throw new NodeFailedException(Values.failure(answer));
      }
      if (answer.type() != wanted) {
        throw new ProtocolException(answer.type() + " instead of " + wanted);
      }
      return answer.fields();
    } catch (NodeFailedException e) {
      throw e;
    } catch (IOException e) {
      if (deadline.passed()) {
        throw deadline.timedOut("connect");
      }
      throw lost(e);
    }
  }

  /** What is to be thrown when the keeper is gone, or the thread was interrupted. */
  static NodeFailedException lost(IOException e) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return new NodeFailedException(
        new NodeFailure.Disconnected("the keeper of connections is gone: " + Causes.text(e)), e);
  }

  @Override
  public void close() {
    wire.close();
  }
}
