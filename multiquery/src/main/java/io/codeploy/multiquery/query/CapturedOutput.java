package io.codeploy.multiquery.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps all that is written to it, byte by byte as it is: in memory up to a megabyte, beyond that
 * in a temporary file, which {@link #close} deletes. May be read while it is written.
 */
public final class CapturedOutput extends OutputStream {
  private static final int MEMORY_BYTES = 1 << 20;

  private final Optional<Path> temporaryDirectory;
  // Guards what follows. Held over I/O on the temporary file: who waits wants the same bytes.
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private Optional<Spill> spill = Optional.empty();
  private long length;
  private boolean midLine;

  private record Spill(Path file, OutputStream out) {}

  /**
   * @param temporaryDirectory where a large output goes
   */
  public CapturedOutput(Path temporaryDirectory) {
    this(Optional.of(temporaryDirectory));
  }

  private CapturedOutput(Optional<Path> temporaryDirectory) {
    this.temporaryDirectory = temporaryDirectory;
  }

  /** One that knows the length of what was written, and whether it ends a line, and no more. */
  static CapturedOutput ofLengthOnly() {
    return new CapturedOutput(Optional.empty());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    lock.lock();
    try {
      if (temporaryDirectory.isPresent()) {
        keep(bytes, offset, count, temporaryDirectory.get());
      }
      length += count;
      midLine = count > 0 ? bytes[offset + count - 1] != '\n' : midLine;
    } finally {
      lock.unlock();
    }
  }

  private void keep(byte[] bytes, int offset, int count, Path directory) throws IOException {
    if (spill.isEmpty() && memory.size() + count > MEMORY_BYTES) {
      Path file = Files.createTempFile(directory, "multiquery", ".out");
      spill = Optional.of(new Spill(file, Files.newOutputStream(file)));
    }
    if (spill.isPresent()) {
      spill.get().out().write(bytes, offset, count);
    } else {
      memory.write(bytes, offset, count);
    }
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

  /** Writes everything so far to {@code out}. */
  public void copyTo(OutputStream out) throws IOException {
    lock.lock();
    try {
      memory.writeTo(out);
      if (spill.isPresent()) {
        Files.copy(spill.get().file(), out);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (spill.isPresent()) {
        spill.get().out().close();
        Files.deleteIfExists(spill.get().file());
      }
    } finally {
      lock.unlock();
    }
  }
}
