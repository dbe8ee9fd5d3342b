package io.codeploy.multicopy.progress;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Acts once when a copy has taken all of its time, or stands still for too long, from a virtual
 * thread of its own that ends when this is closed.
 */
public final class StallWatch implements AutoCloseable {
  /** How many times within the limit is looked at the progress: so exactly is a stall told. */
  private static final int LOOKS = 8;

  private final Progress progress;
  private final Limits limits;
  private final TimeSource time;
  private final Runnable onLimit;
  private final long startNanos;
  private final Thread thread;
  // Written by the watching thread before onLimit, read by the copying one after it failed.
  private volatile Optional<Limit> reached = Optional.empty();

  /** What a copy may run into. */
  public enum Limit {
    PROGRESS,
    WHOLE
  }

  /**
   * How long a copy may take; zero is no limit.
   *
   * @param progress longest time without progress of the node
   * @param whole from now on, whatever it does
   */
  public record Limits(Duration progress, Duration whole) {
    public Limits {
      Objects.requireNonNull(progress, "progress is null");
      Objects.requireNonNull(whole, "whole is null");
    }

    private boolean none() {
      return progress.isZero() && whole.isZero();
    }
  }

  /** The limits begin to run now. */
  public StallWatch(
      String name, Progress progress, Limits limits, TimeSource time, Runnable onLimit) {
    this.progress = progress;
    this.limits = limits;
    this.time = time;
    this.onLimit = onLimit;
    this.startNanos = time.nanoTime();
    this.thread = Thread.ofVirtual().name("multicopy-watch-" + name).unstarted(this::watch);
    if (!limits.none()) {
      thread.start();
    }
  }

  /** The limit that was reached, if one was. */
  public Optional<Limit> reached() {
    return reached;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      long seen = progress.steps();
      long since = startNanos;
      Optional<Limit> limit = limitAt(since);
      while (limit.isEmpty()) {
        time.sleep(pause());
        if (progress.steps() != seen || progress.isOwnWork()) {
          seen = progress.steps();
          since = time.nanoTime();
        }
        limit = limitAt(since);
      }
      reached = limit;
      onLimit.run();
    } catch (InterruptedException e) {
      // Closed: the copy ended first.
    }
  }

  private Optional<Limit> limitAt(long since) {
    if (isOver(limits.whole(), startNanos)) {
      return Optional.of(Limit.WHOLE);
    }
    return isOver(limits.progress(), since) ? Optional.of(Limit.PROGRESS) : Optional.empty();
  }

  private boolean isOver(Duration limit, long since) {
    return !limit.isZero() && time.since(since).compareTo(limit) >= 0;
  }

  private Duration pause() {
    // Not by Duration's own division, which gets ready for decimals of any length.
    Duration look = Duration.ofNanos(limits.progress().toNanos() / LOOKS + 1);
    if (limits.whole().isZero()) {
      return look;
    }
    Duration left = limits.whole().minus(time.since(startNanos));
    return limits.progress().isZero() || left.compareTo(look) < 0 ? left : look;
  }
}
