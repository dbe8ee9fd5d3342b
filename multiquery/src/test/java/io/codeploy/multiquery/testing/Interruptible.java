package io.codeploy.multiquery.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A call in a thread of its own, so that a test can interrupt it as Ctrl-C does. */
public final class Interruptible<T> {
  private final FutureTask<Ended<T>> task;
  private final Thread thread;

  /** What was returned, and whether the thread was still marked as interrupted then. */
  public record Ended<T>(T value, boolean interrupted) {}

  private Interruptible(Callable<T> call) {
    task = new FutureTask<>(() -> new Ended<>(call.call(), Thread.currentThread().isInterrupted()));
    thread = Thread.ofPlatform().daemon().name("interruptible").start(task);
  }

  public static <T> Interruptible<T> start(Callable<T> call) {
    return new Interruptible<>(call);
  }

  public void interrupt() {
    thread.interrupt();
  }

  public boolean isRunning() {
    return !task.isDone();
  }

  /** Returns when the call waits for something, or has ended. */
  public void awaitStandstill() {
    Poll.until(
        "the call stands still", () -> thread.getState() == Thread.State.WAITING || task.isDone());
  }

  /** Waits for the end. */
  public Ended<T> end() throws Exception {
    return task.get();
  }
}
