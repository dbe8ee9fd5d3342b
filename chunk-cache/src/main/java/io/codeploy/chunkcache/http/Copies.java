package io.codeploy.chunkcache.http;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Which chunks a server is sending. One that sends slowly gives a chunk to two askers at once and
 * no more: who has got it passes it on, while eight copies would each take eight times as long, and
 * all others wait for the first of them. Before it has sent anything it is taken for slow, but for
 * small chunks. Safe for use by many threads.
 */
public final class Copies {
  private static final int OF_ONE = 2;

  /** What a chunk may take alone where it is sent to as many as ask: with eight at once, 2 s. */
  private static final long SLOW_NANOS = Duration.ofMillis(250).toNanos();

  /** Before anything has gone out, no more than this goes to as many as ask. */
  private static final int SMALL_BYTES = 64 << 10;

  private static final double WEIGHT_OF_SLOWER = 0.1;

  /**
   * One that is under way.
   *
   * @param sharing how many were when it began, itself among them
   */
  public record Copy(Digest chunk, long length, long begunNanos, int sharing) {}

  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();

  /** The oldest first. Guarded by {@link #lock}, as is what follows. */
  private final List<Copy> underWay = new ArrayList<>();

  /**
   * Of a body that has the uplink for itself. The least that was seen lately: whoever takes more
   * may have been held up by its receiver.
   */
  private double nanosPerByte = (double) SLOW_NANOS / SMALL_BYTES;

  /**
   * @param nanoClock monotonic nanoseconds
   */
  public Copies(LongSupplier nanoClock) {
    this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock is null");
  }

  /** Empty where {@code chunk} is not to be sent to one more now. {@link #end} is to be called. */
  public Optional<Copy> begin(Digest chunk, long length) {
    lock.lock();
    try {
      long same = underWay.stream().filter(copy -> copy.chunk().equals(chunk)).count();
      if (same >= OF_ONE && length * nanosPerByte > SLOW_NANOS) {
        return Optional.empty();
      }
      Copy copy = new Copy(chunk, length, nanoClock.getAsLong(), underWay.size() + 1);
      underWay.add(copy);
      return Optional.of(copy);
    } finally {
      lock.unlock();
    }
  }

  /** {@code copy} has gone out whole; it is still to be ended. */
  public void sent(Copy copy) {
    lock.lock();
    try {
      int sharing = Math.max(copy.sharing(), underWay.size());
      double nanos = nanoClock.getAsLong() - copy.begunNanos();
      double newest = nanos / sharing / Math.max(1, copy.length());
      double more = nanosPerByte + WEIGHT_OF_SLOWER * (newest - nanosPerByte);
      nanosPerByte = Math.min(newest, more);
    } finally {
      lock.unlock();
    }
  }

  /** {@code copy} is under way no more, gone out or not. */
  public void end(Copy copy) {
    lock.lock();
    try {
      underWay.remove(copy);
    } finally {
      lock.unlock();
    }
  }

  /**
   * For how long whoever asks for {@code chunk} in vain is to stay away: as {@link
   * UploadSlots#retryAfter} says, of the time that its first copy would have been under way alone.
   */
  public Duration pause(Digest chunk) {
    lock.lock();
    try {
      long since =
          underWay.stream()
              .filter(copy -> copy.chunk().equals(chunk))
              .findFirst()
              .map(Copy::begunNanos)
              .orElseGet(nanoClock::getAsLong);
      return UploadSlots.retryAfter(Duration.ofNanos((nanoClock.getAsLong() - since) / OF_ONE));
    } finally {
      lock.unlock();
    }
  }

  /** Tells whoever asks for {@code chunk} in vain when to come back. */
  void refuse(Exchange exchange, Digest chunk) throws IOException {
    UploadSlots.refuse(exchange, pause(chunk));
  }
}
