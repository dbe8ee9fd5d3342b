package io.codeploy.multiquery.ssh;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.sshd.common.util.threads.NoCloseExecutor;

/**
 * An executor in the form that MINA wants, shut down by {@link ClientThreads} and not by MINA. Work
 * that comes after the end is dropped: a socket that is heard of while the client stops would
 * otherwise end a thread of the JDK with a stack trace on the user's terminal.
 */
final class SteadyExecutor extends NoCloseExecutor {
  SteadyExecutor(ExecutorService executor) {
    super(executor);
  }

  @Override
  public void execute(Runnable command) {
    try {
      executor.execute(command);
    } catch (RejectedExecutionException e) {
      // The client has stopped.
    }
  }
}
