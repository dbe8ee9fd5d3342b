package io.codeploy.agent.apply;

import java.io.InterruptedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far a stream whose pieces come in any order is there without a gap. Pieces come by many
 * threads; one that reads waits for them.
 */
final class Prefix {
  private final long[] ends;
  private final BitSet there = new BitSet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();

  /** Of pieces of these lengths, of which none has come. */
  Prefix(List<Integer> lengths) {
    this.ends = new long[lengths.size()];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += lengths.get(i);
      ends[i] = end;
    }
  }

  /** Where a piece begins. */
  long start(int piece) {
    return piece == 0 ? 0 : ends[piece - 1];
  }

  void came(int piece) {
    lock.lock();
    try {
      there.set(piece);
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is more than the first {@code position} bytes, or these are all.
   *
   * @return how many there are
   * @throws InterruptedIOException if the thread is interrupted, which it is afterwards, too
   */
  long beyond(long position) throws InterruptedIOException {
    lock.lock();
    try {
      while (reach() <= position && there.cardinality() < ends.length) {
        grown.await();
      }
      return reach();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      lock.unlock();
    }
  }

  private long reach() {
    return start(there.nextClearBit(0));
  }
}
