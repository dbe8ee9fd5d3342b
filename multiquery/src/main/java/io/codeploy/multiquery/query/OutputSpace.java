package io.codeploy.multiquery.query;

import io.codeploy.multiquery.spill.SpillFile;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where outputs are kept: each up to a megabyte in memory, all together up to a bound, and what is
 * beyond either in a temporary file.
 */
public final class OutputSpace {
  private static final long MEMORY_BYTES = 64L << 20;

  private final SpillFile disk;
  private final int bytesEach;
  // Taken and given back by all outputs of the run.
  private final AtomicLong freeBytes;
  // No more than memory was ever taken for.
  private final Queue<byte[]> spareBlocks = new ConcurrentLinkedQueue<>();

  /**
   * @param directory for the temporary file
   */
  public OutputSpace(Path directory) {
    this(directory, 1 << 20, MEMORY_BYTES);
  }

  /**
   * @param bytesEach of an output in memory at most
   * @param bytesInAll of all outputs in memory at most
   */
  public OutputSpace(Path directory, int bytesEach, long bytesInAll) {
    this.disk = new SpillFile(directory);
    this.bytesEach = bytesEach;
    this.freeBytes = new AtomicLong(bytesInAll);
  }

  /** Where what is beyond goes. */
  SpillFile disk() {
    return disk;
  }

  /** Blocks of memory that no output uses. */
  Queue<byte[]> spareBlocks() {
    return spareBlocks;
  }

  /** How much of the disk outputs take. */
  public long diskBytes() {
    return disk.takenBytes();
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
