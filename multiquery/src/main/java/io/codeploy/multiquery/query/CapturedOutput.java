package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.ArrayOutput;
import io.codeploy.multiquery.spill.Spill;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/**
 * Keeps all that is written to it, byte by byte as it is: in memory as far as there is space,
 * beyond that in the temporary file of its space. May be read while it is written.
 */
public final class CapturedOutput extends ArrayOutput {
  private static final int COMPARED_BYTES = 1 << 16;

  private final Optional<OutputSpace> space;
  // Guards what follows. Held over I/O on the temporary file: who waits wants the same bytes.
  private final ReentrantLock lock = new ReentrantLock();
  private final Blocks memory;
  private final CRC32C checksum = new CRC32C();
  private Optional<Spill> spill = Optional.empty();
  private long length;
  private boolean midLine;

  /** An empty one that takes its space from {@code space}. */
  public CapturedOutput(OutputSpace space) {
    this(Optional.of(space));
  }

  private CapturedOutput(Optional<OutputSpace> space) {
    this.space = space;
    this.memory = new Blocks(space.map(OutputSpace::spareBlocks).orElseGet(ArrayDeque::new));
  }

  /** One that knows the length of what was written, and whether it ends a line, and no more. */
  static CapturedOutput ofLengthOnly() {
    return new CapturedOutput(Optional.empty());
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    lock.lock();
    try {
      if (space.isPresent()) {
        keep(bytes, offset, count, space.get());
      }
      length += count;
      midLine = count > 0 ? bytes[offset + count - 1] != '\n' : midLine;
    } finally {
      lock.unlock();
    }
  }

  private void keep(byte[] bytes, int offset, int count, OutputSpace from) throws IOException {
    if (spill.isEmpty() && !from.take(memory.size(), count)) {
      spill = Optional.of(new Spill(from.disk()));
    }
    if (spill.isPresent()) {
      spill.get().append(bytes, offset, count);
    } else {
      memory.append(bytes, offset, count);
    }
    checksum.update(bytes, offset, count);
  }

  /** Bytes so far. */
  public long length() {
    lock.lock();
    try {
      return length;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the last line so far has no newline. */
  public boolean midLine() {
    lock.lock();
    try {
      return midLine;
    } finally {
      lock.unlock();
    }
  }

  /** A checksum of everything so far, good for telling most different outputs apart. */
  public long checksum() {
    lock.lock();
    try {
      return checksum.getValue();
    } finally {
      lock.unlock();
    }
  }

  /** Whether both hold the same bytes. */
  public boolean sameBytes(CapturedOutput other) throws IOException {
    if (length() != other.length() || checksum() != other.checksum()) {
      return false;
    }
    try (InputStream ours = open();
        InputStream theirs = other.open()) {
      byte[] piece;
      do {
        piece = ours.readNBytes(COMPARED_BYTES);
        if (!Arrays.equals(piece, theirs.readNBytes(COMPARED_BYTES))) {
          return false;
        }
      } while (piece.length > 0);
      return true;
    }
  }

  /** Everything so far. */
  public InputStream open() {
    lock.lock();
    try {
      InputStream first = new ByteArrayInputStream(memory.toByteArray());
      return spill.isEmpty() ? first : new SequenceInputStream(first, spill.get().open());
    } finally {
      lock.unlock();
    }
  }

  /** Writes everything so far to {@code out}. */
  public void copyTo(OutputStream out) throws IOException {
    lock.lock();
    try {
      memory.writeTo(out);
      if (spill.isPresent()) {
        spill.get().open().transferTo(out);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives memory and file back; the output is gone. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      space.ifPresent(from -> from.giveBack(memory.size()));
      memory.clear();
      if (spill.isPresent()) {
        spill.get().close();
      }
    } finally {
      lock.unlock();
    }
  }
}
