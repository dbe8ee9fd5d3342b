package io.codeploy.multiquery.fanout;

import io.codeploy.multiquery.barrier.Window;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A bounded map over virtual threads.
 *
 * @param name of the threads, followed by a number
 * @param pace of the launches, and when not to wait any longer
 * @param steering of its window while it runs
 */
public record Fanout(String name, Pace pace, TimeSource time, Steering steering) {
  /** One that nobody steers. */
  public Fanout(String name, Pace pace, TimeSource time) {
    this(name, pace, time, new Steering());
  }

  /**
   * One that gives every item its turn, and all the time it takes.
   *
   * @param window most tasks under way at once, at least 1
   * @param launchDelay least time between two launches; zero for none
   */
  public Fanout(String name, int window, Duration launchDelay, TimeSource time) {
    this(name, Pace.of(Pace.window(window).release(), Spacing.of(launchDelay)), time);
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
   * Runs {@code job} on every item and returns the results in the order of the items, exactly one
   * each. When the pace says that the run is over, and when the calling thread is interrupted, no
   * further item is launched, running ones are interrupted and waited for, and items without a
   * result are {@linkplain Job#skipped skipped}. The calling thread is interrupted again on return.
   */
  public <I, O> List<O> map(List<I> items, Job<? super I, O> job) {
    return map(items, job, RunSoFar.none(items.size(), time.nanoTime()));
  }

  /** The same as a further part of a run, whose pace is that of the whole. */
  public <I, O> List<O> map(List<I> items, Job<? super I, O> job, RunSoFar before) {
    Dispatch<I, O> dispatch = new Dispatch<>(items, job, this, before);
    Consumer<Consumer<Window>> hand = dispatch::steer;
    steering.add(hand);
    try {
      return dispatch.run();
    } finally {
      steering.remove(hand);
    }
  }

  /**
   * The same for work that always arrives and is always well.
   *
   * @param ifNotRun the result of an item that has none of its own
   */
  public <I, O> List<O> map(
      List<I> items, Task<? super I, ? extends O> task, Function<? super I, ? extends O> ifNotRun) {
    return map(
        items,
        new Job<I, O>() {
          @Override
          public O run(I item, Turn turn) throws InterruptedException {
            return task.run(item);
          }

          @Override
          public O skipped(I item, Stop why) {
            return ifNotRun.apply(item);
          }
        });
  }
}
