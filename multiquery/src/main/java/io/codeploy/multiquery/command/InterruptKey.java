package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What Ctrl-C does on a terminal: it shows how things stand; twice within a second it stops. */
final class InterruptKey {
  private static final Duration TWICE = Duration.ofSeconds(1);

  private final TimeSource time;
  private final AtomicReference<Optional<Long>> lastNanos = new AtomicReference<>(Optional.empty());

  InterruptKey(TimeSource time) {
    this.time = time;
  }

  /** The key was pressed; called by any thread. */
  void pressed(Runnable show, Runnable stop) {
    Optional<Long> last = lastNanos.getAndSet(Optional.of(time.nanoTime()));
    if (last.isPresent() && time.since(last.get()).compareTo(TWICE) <= 0) {
      stop.run();
    } else {
      show.run();
    }
  }
}
