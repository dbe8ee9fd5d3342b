package io.codeploy.agent.apply;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The unpacking of an archive while it arrives, by a thread of its own. */
final class Unpacking implements AutoCloseable {
  private final FutureTask<Optional<String>> task;
  private final Thread thread;

  private Unpacking(Callable<Optional<String>> work) {
    this.task = new FutureTask<>(work);
    this.thread = Thread.ofVirtual().name("unpack").start(task);
  }

  /** Begins {@code work}, which tells what is wrong with the archive; it ends when interrupted. */
  static Unpacking start(Callable<Optional<String>> work) {
    return new Unpacking(work);
  }

  /** Waits for the end; what is wrong with the archive. */
  Optional<String> await() throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("unpacking broke", e);
    }
  }

  /** Interrupts it, if need be, and waits until it touches the stage no more. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
