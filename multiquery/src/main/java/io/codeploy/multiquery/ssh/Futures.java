package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.future.SshFuture;
import org.apache.sshd.common.future.SshFutureListener;

/**
 * Waits for MINA's futures, never without a limit. By a listener and a latch: MINA's own way is the
 * monitor of an object, for which the JDK has two more threads wake a virtual one.
 */
final class Futures {
  private Futures() {}

  /**
   * Waits until {@code future} is done, whatever came of it.
   *
   * @param phase for {@code TimedOut}
   */
  static <F extends SshFuture<F>> void await(F future, Deadline deadline, String phase)
      throws NodeFailedException, InterruptedException {
    if (!await(future, deadline)) {
      throw deadline.timedOut(phase);
    }
  }

  /** As above, and tells whether it is done. */
  static <F extends SshFuture<F>> boolean await(F future, Deadline deadline)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    CountDownLatch done = new CountDownLatch(1);
    SshFutureListener<F> listener = f -> done.countDown();
    future.addListener(listener);
    try {
      return done.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    } finally {
      future.removeListener(listener);
    }
  }
}
