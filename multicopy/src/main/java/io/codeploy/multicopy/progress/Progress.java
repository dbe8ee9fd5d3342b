package io.codeploy.multicopy.progress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How far one node's copy is. Written by the copying thread, read by the watch on it as well. */
public final class Progress {
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong steps = new AtomicLong();

  public void file() {
    files.incrementAndGet();
    steps.incrementAndGet();
  }

  public void bytes(int count) {
    bytes.addAndGet(count);
    steps.incrementAndGet();
  }

  /** Something happened that is neither. */
  public void step() {
    steps.incrementAndGet();
  }

  /** Changes with everything that happens. */
  public long steps() {
    return steps.get();
  }

  /** Files that are done. */
  public int files() {
    return files.get();
  }

  /** Bytes that are copied. */
  public long bytes() {
    return bytes.get();
  }
}
