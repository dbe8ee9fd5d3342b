package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A pipe to a process that can be written interruptibly. A thread of its own writes. */
final class QueuedOutput extends ArrayOutput {
  private static final int PIECES = 16;
  private static final int PIECE_BYTES = 64 << 10;
  private static final byte[] END = {};

  private final OutputStream pipe;
  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
  private final Thread writer;

  /** Set by the writer when the other end takes no more. */
  private volatile boolean broken;

  QueuedOutput(OutputStream pipe) {
    this.pipe = pipe;
    writer = Thread.ofPlatform().daemon().name("ssh-writer").start(this::writeOn);
  }

  private void writeOn() {
    try (pipe) {
      for (byte[] piece = pieces.take(); piece != END; piece = pieces.take()) {
        pass(piece);
      }
    } catch (InterruptedException e) {
      // Let go of; who waits for room must not do so for ever.
      broken = true;
      pieces.clear();
    } catch (IOException e) {
      broken = true;
    }
  }

  /** After a failure takes what comes and drops it, so that nobody waits for room. */
  private void pass(byte[] piece) {
    try {
      if (!broken) {
        pipe.write(piece);
        pipe.flush();
      }
    } catch (IOException e) {
      broken = true;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int at = offset; at < offset + length; at += PIECE_BYTES) {
      put(Arrays.copyOfRange(bytes, at, Math.min(at + PIECE_BYTES, offset + length)));
    }
  }

  private void put(byte[] piece) throws IOException {
    if (broken) {
      throw new IOException("the other end of the stream takes no more");
    }
    try {
      pieces.put(piece);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing to ssh");
    }
  }

  /** Tells the other end, after all that was written, that nothing more comes. */
  @Override
  public void close() throws IOException {
    if (!broken && writer.isAlive()) {
      put(END);
    }
  }

  /** Drops what was not sent yet. */
  void letGo() {
    writer.interrupt();
  }
}
