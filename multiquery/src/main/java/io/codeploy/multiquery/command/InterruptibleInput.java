package io.codeploy.multiquery.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.Optional;

/**
 * A file, a pipe or a terminal that is opened when it is first read, and whose reads end when their
 * thread, a platform thread, is interrupted, by an {@link InterruptedIOException}; those of {@code
 * System.in} do not.
 */
final class InterruptibleInput extends InputStream {
  /** Opens it. */
  @FunctionalInterface
  interface Source {
    FileChannel open() throws IOException;
  }

  private final Source source;
  private Optional<InputStream> opened = Optional.empty();

  InterruptibleInput(Source source) {
    this.source = source;
  }

  private InputStream opened() throws IOException {
    if (opened.isEmpty()) {
      opened = Optional.of(Channels.newInputStream(source.open()));
    }
    return opened.get();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    try {
      return opened().read(bytes, offset, count);
    } catch (ClosedByInterruptException e) {
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  @Override
  public void close() throws IOException {
    if (opened.isPresent()) {
      opened.get().close();
    }
  }
}
