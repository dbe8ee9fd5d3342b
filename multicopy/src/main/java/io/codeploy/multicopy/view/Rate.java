package io.codeploy.multicopy.view;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** Bytes a second, over the last while. */
final class Rate {
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
  private static final double SECOND_NANOS = 1e9;

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long bytes) {}

  /**
   * By now, {@code bytes} have been sent in all.
   *
   * @return the rate; empty as long as there is nothing to compare with
   */
  OptionalLong at(long nowNanos, long bytes) {
    samples.addLast(new Sample(nowNanos, bytes));
    while (samples.size() > 2 && nowNanos - second().nanos() >= WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    long nanos = nowNanos - first.nanos();
    return nanos <= 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round((bytes - first.bytes()) / (nanos / SECOND_NANOS)));
  }

  private Sample second() {
    return samples.stream().skip(1).findFirst().orElseThrow();
  }
}
