package io.codeploy.multiquery.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A run in a thread of its own, so that it can be interrupted without the thread that waits for it;
 * whoever interrupts that one ends both.
 */
final class StoppableRun {
  private StoppableRun() {}

  /**
   * Runs {@code run} to its end. If the calling thread is interrupted, so is the run, which is
   * still waited for; the thread is interrupted again on return.
   */
  static ExitCode of(Callable<ExitCode> run) throws IOException {
    FutureTask<ExitCode> task = new FutureTask<>(run);
    Thread thread = Thread.ofPlatform().name("multiquery-run").start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
          thread.interrupt();
        }
      }
    } catch (ExecutionException e) {
      throw cause(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException cause(ExecutionException e) {
    if (e.getCause() instanceof IOException local) {
      return local;
    }
    if (e.getCause() instanceof Error bug) {
      throw bug;
    }
    throw e.getCause() instanceof RuntimeException bug ? bug : new IllegalStateException(e);
  }
}
