package io.codeploy.multiquery.query;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where outputs are kept: each up to a megabyte in memory, all together up to a bound, and what is
 * beyond either in temporary files.
 */
public final class OutputSpace {
  private static final long MEMORY_BYTES = 64L << 20;

  private final Path directory;
  private final int bytesEach;
  // Taken and given back by all outputs of the run.
  private final AtomicLong freeBytes;

  /**
   * @param directory for temporary files
   */
  public OutputSpace(Path directory) {
    this(directory, 1 << 20, MEMORY_BYTES);
  }

  /**
   * @param bytesEach of an output in memory at most
   * @param bytesInAll of all outputs in memory at most
   */
  public OutputSpace(Path directory, int bytesEach, long bytesInAll) {
    this.directory = directory;
    this.bytesEach = bytesEach;
    this.freeBytes = new AtomicLong(bytesInAll);
  }

  Path directory() {
    return directory;
  }

  /** Takes memory for {@code count} more bytes of an output, if there is any. */
  boolean take(int kept, int count) {
    if ((long) kept + count > bytesEach) {
      return false;
    }
    if (freeBytes.addAndGet(-count) < 0) {
      freeBytes.addAndGet(count);
      return false;
    }
    return true;
  }

  void giveBack(int count) {
    freeBytes.addAndGet(count);
  }
}
