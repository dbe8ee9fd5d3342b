package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import org.apache.sshd.common.future.WaitableFuture;

/** Waits for MINA's futures, never without a limit. */
final class Futures {
  private Futures() {}

  /**
   * Waits until {@code future} is done, whatever came of it.
   *
   * @param phase for {@code TimedOut}
   */
  static void await(WaitableFuture future, Deadline deadline, String phase)
      throws NodeFailedException, InterruptedException {
    if (!await(future, deadline)) {
      throw deadline.timedOut(phase);
    }
  }

  /** As above, and tells whether it is done. */
  static boolean await(WaitableFuture future, Deadline deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return future.await(deadline.remainingMillis());
    } catch (IOException e) {
      MinaFailures.rethrowInterruption(e);
      throw new IllegalStateException("waiting ended without interruption", e);
    }
  }
}
