package io.codeploy.multiquery.fanout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * A bounded map over virtual threads.
 *
 * @param name of the threads, followed by a number
 */
public record Fanout(String name, Pace pace, TimeSource time) {
  /**
   * @param window most tasks under way at once, at least 1
   * @param launchDelay least time between two launches; zero for none
   */
  public Fanout(String name, int window, Duration launchDelay, TimeSource time) {
    this(name, new Pace(window, launchDelay), time);
  }

  /** The work on one item; blocking, and ended early by interruption alone. */
  @FunctionalInterface
  public interface Task<I, O> {
    /**
     * Does the work; anything thrown but {@link InterruptedException} is a bug and fails the run.
     */
    O run(I item) throws InterruptedException;
  }

  /**
   * Runs {@code task} on every item and returns the results in the order of the items, exactly one
   * each. When the calling thread is interrupted no further task is launched, running ones are
   * interrupted and waited for, items without a result get that of {@code ifNotRun}, and the
   * calling thread is interrupted again on return.
   */
  public <I, O> List<O> map(
      List<I> items, Task<? super I, ? extends O> task, Function<? super I, ? extends O> ifNotRun) {
    List<Future<O>> futures = new ArrayList<>(items.size());
    boolean interrupted = false;
    try (ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory())) {
      try {
        launch(items, task, futures, executor);
        for (Future<O> future : futures) {
          awaitEnd(future);
        }
      } catch (InterruptedException e) {
        interrupted = true;
        executor.shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    List<O> results = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      boolean ran = i < futures.size() && futures.get(i).state() == Future.State.SUCCESS;
      results.add(ran ? futures.get(i).resultNow() : missing(items.get(i), i, futures, ifNotRun));
    }
    return results;
  }

  private <I, O> void launch(
      List<I> items,
      Task<? super I, ? extends O> task,
      List<Future<O>> futures,
      ExecutorService executor)
      throws InterruptedException {
    Semaphore permits = new Semaphore(pace.window());
    for (I item : items) {
      if (!futures.isEmpty() && !pace.launchDelay().isZero()) {
        time.sleep(pace.launchDelay());
      }
      permits.acquire();
      futures.add(
          executor.submit(
              () -> {
                try {
                  return task.run(item);
                } finally {
                  permits.release();
                }
              }));
    }
  }

  private static void awaitEnd(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      // Told apart when the results are gathered, after every other item had its turn.
    }
  }

  private static <I, O> O missing(
      I item, int index, List<Future<O>> futures, Function<? super I, ? extends O> ifNotRun) {
    if (index < futures.size() && futures.get(index).state() == Future.State.FAILED) {
      Throwable thrown = futures.get(index).exceptionNow();
      if (!(thrown instanceof InterruptedException)) {
        throw new IllegalStateException("the task for " + item + " broke", thrown);
      }
    }
    return ifNotRun.apply(item);
  }
}
