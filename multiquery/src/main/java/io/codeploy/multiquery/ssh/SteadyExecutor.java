package io.codeploy.multiquery.ssh;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.sshd.common.util.threads.NoCloseExecutor;

/**
 * An executor in the form that MINA wants, shut down by {@link ClientThreads} and not by MINA. Work
 * that comes after the end is dropped: a socket that is heard of while the client stops would
 * otherwise end a thread of the JDK with a stack trace on the user's terminal.
 *
 * <p>That a socket has taken bytes at once is told to their writer by a task, too, unless that is a
 * thread of I/O. A thread that writes a lot is treated like one: to wake another for each packet
 * costs more than to encrypt it.
 */
final class SteadyExecutor extends NoCloseExecutor {
  /** Set in a thread that runs its tasks itself. */
  private static final ThreadLocal<Boolean> OWN = ThreadLocal.withInitial(() -> false);

  SteadyExecutor(ExecutorService executor) {
    super(executor);
  }

  /** Has this thread run by itself what it hands to any such executor, or no more so. */
  static void runsItself(boolean own) {
    OWN.set(own);
  }

  @Override
  public void execute(Runnable command) {
    if (OWN.get()) {
      command.run();
      return;
    }
    try {
      executor.execute(command);
    } catch (RejectedExecutionException e) {
      // The client has stopped.
    }
  }
}
