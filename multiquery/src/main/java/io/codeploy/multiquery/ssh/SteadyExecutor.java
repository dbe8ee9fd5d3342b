package io.codeploy.multiquery.ssh;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * An executor that its users cannot shut down; {@link ClientThreads} does. Work that comes after
 * the end is dropped: a socket that is heard of while the client stops would otherwise end a thread
 * of the JDK with a stack trace on the user's terminal.
 *
 * <p>That a socket has taken bytes at once is told to their writer by a task, too, unless that is a
 * thread of I/O. A thread that writes a lot is treated like one: to wake another for each packet
 * costs more than to encrypt it.
 */
final class SteadyExecutor extends AbstractExecutorService {
  /** Set in a thread that runs its tasks itself. */
  private static final ThreadLocal<Boolean> OWN = ThreadLocal.withInitial(() -> false);

  private final ExecutorService executor;

  SteadyExecutor(ExecutorService executor) {
    this.executor = executor;
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

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }
}
