package io.codeploy.chunkcache.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How many bytes may go by in a second: a token bucket, kept as the time up to which all that went
 * by is paid for. Who comes while others wait is served after them. Time that was not used is kept
 * for a tenth of a second. Safe for use by many threads.
 */
public final class Throttle {
  /** Holds nobody up. */
  public static final Throttle NONE = new Throttle(Long.MAX_VALUE, () -> 0, nanos -> {});

  private static final long KEPT_NANOS = 100_000_000;

  /** Small enough that whoever receives sees that something moves. */
  private static final int PIECES_A_SECOND = 20;

  private static final int SMALLEST_PIECE_BYTES = 1 << 10;
  private static final int LARGEST_PIECE_BYTES = 64 << 10;

  private final long bytesPerSecond;
  private final LongSupplier nanoClock;
  private final LongConsumer park;
  private final AtomicLong paidNanos;

  /**
   * @param bytesPerSecond at least 1
   * @param nanoClock monotonic nanoseconds
   * @param park waits for so many nanoseconds or less; at once if the thread is interrupted
   */
  Throttle(long bytesPerSecond, LongSupplier nanoClock, LongConsumer park) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(bytesPerSecond + " bytes a second");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.nanoClock = nanoClock;
    this.park = park;
    this.paidNanos = new AtomicLong(nanoClock.getAsLong() - KEPT_NANOS);
  }

  /** Lets at most {@code bytesPerSecond} go by; {@link Long#MAX_VALUE} for all there are. */
  public static Throttle at(long bytesPerSecond, LongSupplier nanoClock) {
    return new Throttle(bytesPerSecond, nanoClock, LockSupport::parkNanos);
  }

  /**
   * Blocks until {@code bytes} more may go by. Returns at once when the thread is interrupted,
   * whose flag stays set.
   */
  public void hold(long bytes) {
    if (unbounded()) {
      return;
    }
    long now = nanoClock.getAsLong();
    long cost = (long) (bytes * (1e9 / bytesPerSecond));
    long earliest = now - KEPT_NANOS;
    long until =
        paidNanos.updateAndGet(before -> (before - earliest > 0 ? before : earliest) + cost);
    for (long left = until - now;
        left > 0 && !Thread.currentThread().isInterrupted();
        left = until - nanoClock.getAsLong()) {
      park.accept(left);
    }
  }

  /** Sends {@code body} as the answer to {@code exchange}, whose method is {@code GET}. */
  void respond(Exchange exchange, int status, ByteBuffer body) throws IOException {
    if (unbounded()) {
      exchange.respond(status, body);
      return;
    }
    exchange.setHeader("Content-Length", Integer.toString(body.remaining()));
    // Not try-with-resources: closing after a failure would end the body as if it were complete.
    OutputStream out = exchange.stream(status);
    write(body, out);
    out.close();
  }

  /** Writes what remains of {@code body}, piece by piece; its position tells how far it is. */
  void write(ByteBuffer body, OutputStream out) throws IOException {
    WritableByteChannel channel = Channels.newChannel(out);
    while (body.hasRemaining()) {
      int length = Math.min(piece(), body.remaining());
      hold(length);
      channel.write(body.slice(body.position(), length));
      body.position(body.position() + length);
    }
  }

  private boolean unbounded() {
    return bytesPerSecond == Long.MAX_VALUE;
  }

  private int piece() {
    return Math.clamp(bytesPerSecond / PIECES_A_SECOND, SMALLEST_PIECE_BYTES, LARGEST_PIECE_BYTES);
  }
}
