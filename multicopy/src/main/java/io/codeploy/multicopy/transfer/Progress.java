package io.codeploy.multicopy.transfer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How far one node's copy is. Written by the copying thread, read by the watch on it as well. */
final class Progress {
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong steps = new AtomicLong();

  void file() {
    files.incrementAndGet();
    steps.incrementAndGet();
  }

  void bytes(int count) {
    bytes.addAndGet(count);
    steps.incrementAndGet();
  }

  /** Changes with everything that happens. */
  long steps() {
    return steps.get();
  }

  CopyTotals totals() {
    return new CopyTotals(files.get(), bytes.get());
  }
}
