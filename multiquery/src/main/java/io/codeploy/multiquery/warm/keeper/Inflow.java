package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.ArrayInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The standard input of a command, put in by one thread and read by another. Interruption ends a
 * read, which that of a socket would not survive.
 */
final class Inflow extends ArrayInput {
  /** Pieces that wait; then the socket runs full, too. */
  private static final int MOST = 4;

  private enum State {
    FLOWING,
    ENDED,
    BROKEN,
    CLOSED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int offset;
  private State state = State.FLOWING;

  /** Adds a piece; waits while there are too many. What nobody will read is dropped. */
  void put(byte[] piece) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (state == State.FLOWING && pieces.size() >= MOST) {
        changed.await();
      }
      if (state == State.FLOWING && piece.length > 0) {
        pieces.add(piece);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes. */
  void end() {
    become(State.ENDED);
  }

  /** What came is not all of it: the reader must not take it for the whole. */
  void breakOff() {
    become(State.BROKEN);
  }

  private void become(State next) {
    lock.lock();
    try {
      if (state == State.FLOWING) {
        state = next;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    lock.lock();
    try {
      while (pieces.isEmpty() && state == State.FLOWING) {
        changed.await();
      }
      if (state == State.BROKEN) {
        throw new EOFException("the client is gone");
      }
      return pieces.isEmpty() ? -1 : take(bytes, start, length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] bytes, int start, int length) {
    byte[] first = pieces.getFirst();
    int n = Math.min(length, first.length - offset);
    System.arraycopy(first, offset, bytes, start, n);
    offset += n;
    if (offset == first.length) {
      pieces.removeFirst();
      offset = 0;
      changed.signalAll();
    }
    return n;
  }

  /** Nobody reads any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      state = State.CLOSED;
      pieces.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
