package io.codeploy.multiquery.spill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A temporary file without a name, which many spills share: however many there are, they take one
 * descriptor, and whatever ends this process leaves nothing of them. It is there as long as one of
 * them has something in it; it is made of blocks, which are used again. Safe for many threads.
 */
public final class SpillFile {
  static final int BLOCK_BYTES = 64 << 10;

  private final Path directory;
  // Guards what follows. Held over I/O on the file, whose position all share.
  private final ReentrantLock lock = new ReentrantLock();
  private final BitSet taken = new BitSet();
  private Optional<RandomAccessFile> file = Optional.empty();

  /**
   * @param directory where the file is made when the first byte is written
   */
  public SpillFile(Path directory) {
    this.directory = directory;
  }

  /** How much of the disk is in use, in blocks of 64 KiB; while it is 0 there is no file. */
  public long takenBytes() {
    lock.lock();
    try {
      return (long) taken.cardinality() * BLOCK_BYTES;
    } finally {
      lock.unlock();
    }
  }

  /** A block that nobody uses. */
  int take() throws IOException {
    lock.lock();
    try {
      if (file.isEmpty()) {
        file = Optional.of(nameless());
      }
      int block = taken.nextClearBit(0);
      taken.set(block);
      return block;
    } finally {
      lock.unlock();
    }
  }

  private RandomAccessFile nameless() throws IOException {
    Path path = Files.createTempFile(directory, "multiquery", ".out");
    try {
      // Not a channel: the interruption of one reader would close it for all.
      return new RandomAccessFile(path.toFile(), "rw");
    } finally {
      Files.delete(path);
    }
  }

  void write(int block, int at, byte[] bytes, int offset, int count) throws IOException {
    lock.lock();
    try {
      at(block, at).write(bytes, offset, count);
    } catch (IOException e) {
      throw new IOException("a temporary file in " + directory + ": " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  void read(int block, int at, byte[] bytes, int offset, int count) throws IOException {
    lock.lock();
    try {
      at(block, at).readFully(bytes, offset, count);
    } finally {
      lock.unlock();
    }
  }

  private RandomAccessFile at(int block, int at) throws IOException {
    RandomAccessFile open = file.orElseThrow(() -> new IOException("the output is gone"));
    open.seek((long) block * BLOCK_BYTES + at);
    return open;
  }

  void giveBack(Collection<Integer> blocks) throws IOException {
    lock.lock();
    try {
      blocks.forEach(taken::clear);
      if (taken.isEmpty() && file.isPresent()) {
        RandomAccessFile unused = file.get();
        file = Optional.empty();
        unused.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
