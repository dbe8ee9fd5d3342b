package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.ArrayInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A pipe from a process that can be read interruptibly, by one thread at a time. A thread of its
 * own reads ahead a little.
 */
final class QueuedInput extends ArrayInput {
  private static final int PIECES = 16;
  private static final int PIECE_BYTES = 32 << 10;
  private static final byte[] END = {};

  private final InputStream pipe;
  private final Ending ending;
  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
  private final Thread reader;
  private byte[] current = {0};
  private int at = 1;

  /** Asked at the end of the pipe whether that is the end of the stream. */
  @FunctionalInterface
  interface Ending {
    /** Returns if it is; throws if the other end was lost. */
    void check() throws IOException, InterruptedException;
  }

  QueuedInput(InputStream pipe, Ending ending) {
    this.pipe = pipe;
    this.ending = ending;
    reader = Thread.ofPlatform().daemon().name("ssh-reader").start(this::readAhead);
  }

  private void readAhead() {
    byte[] buffer = new byte[PIECE_BYTES];
    try {
      for (int n = next(buffer); n >= 0; n = next(buffer)) {
        pieces.put(Arrays.copyOf(buffer, n));
      }
      pieces.put(END);
    } catch (InterruptedException e) {
      // The stream was closed; who reads it nevertheless comes to its end.
      pieces.clear();
      pieces.add(END);
    }
  }

  private int next(byte[] buffer) {
    try {
      return pipe.read(buffer);
    } catch (IOException e) {
      // The process was ended.
      return -1;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      if (at == current.length && current != END) {
        current = pieces.take();
        at = 0;
      }
      if (current == END) {
        ending.check();
        return -1;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading from ssh");
    }
    int n = Math.min(length, current.length - at);
    System.arraycopy(current, at, bytes, offset, n);
    at += n;
    return n;
  }

  @Override
  public int available() {
    return current.length - at;
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
