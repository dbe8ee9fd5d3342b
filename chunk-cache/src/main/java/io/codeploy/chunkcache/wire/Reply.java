package io.codeploy.chunkcache.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * An answer on its way in. To be closed: a connection whose answer was read to its end is kept for
 * the next request. Used by one thread.
 */
public final class Reply implements AutoCloseable {
  /** What a socket of the JDK reads at once at most: there may be more where so much came. */
  private static final int FULL_READ_BYTES = 128 << 10;

  private final Connection connection;
  private final LongSupplier nanoClock;
  private final LongConsumer pause;
  private final Runnable giveBack;
  private final byte[] buffer = new byte[HeadFields.MAX_HEAD_BYTES];
  private final ReplyHead head;
  private final long begunNanos;
  private long limitNanos = Long.MAX_VALUE;
  private int next;
  private int end;
  private long left;

  /**
   * Reads the head.
   *
   * @param limit on the whole head, lest it come a byte at a time
   * @param giveBack keeps the connection
   * @throws IOException if it ends before that, or it is not a head
   */
  Reply(
      Connection connection,
      Duration limit,
      LongSupplier nanoClock,
      LongConsumer pause,
      Runnable giveBack)
      throws IOException {
    this.connection = connection;
    this.nanoClock = nanoClock;
    this.pause = pause;
    this.giveBack = giveBack;
    this.begunNanos = nanoClock.getAsLong();
    this.head = readHead(limit);
    this.left = head.length();
  }

  /** From 200 to 599. */
  public int status() {
    return head.status();
  }

  /** The value of a header field. */
  public Optional<String> field(String name) {
    return head.fields().get(name);
  }

  /** How long the body is, as the other end has it. */
  public long length() {
    return head.length();
  }

  /** Bounds the wait for the whole of it, head included, however steadily it drips. */
  public void limit(Duration whole) {
    limitNanos = whole.toNanos();
  }

  /**
   * Reads the next {@code length} bytes of the body.
   *
   * @param arrived is told of bytes as they come
   * @throws IOException if the body ends before, no byte comes for too long, or the limit is over
   */
  public byte[] read(int length, IntConsumer arrived) throws IOException {
    // What is not there to come needs no room.
    byte[] content = new byte[(int) Math.min(length, left)];
    read(content, 0, length, arrived);
    return content;
  }

  /** The same, to {@code content} from {@code offset}, which keeps what came before a failure. */
  public void read(byte[] content, int offset, int length, IntConsumer arrived) throws IOException {
    if (length > left) {
      throw new EOFException("a body of " + left + " bytes, not " + length);
    }
    int have = buffered(content, offset, length);
    arrived.accept(have);
    connection.gathering().begin(nanoClock.getAsLong());
    while (have < length) {
      int count = connection.in().read(content, offset + have, length - have);
      if (count < 0) {
        throw new EOFException("the body ends " + (length - have) + " bytes early");
      }
      have += count;
      arrived.accept(count);
      long now = nanoClock.getAsLong();
      if (have < length && now - begunNanos > limitNanos) {
        throw new SocketTimeoutException("an answer takes too long");
      }
      gather(count, length - have, now);
    }
    left -= length;
  }

  @Override
  public void close() {
    // More than the body is no answer to anything, and what is left of it would be taken for one.
    if (head.fields().keepAlive() && left == 0 && next == end) {
      giveBack.run();
    } else {
      connection.close();
    }
  }

  private void gather(int count, int missing, long now) {
    long nanos = connection.gathering().pauseNanos(count, missing, now);
    if (missing > 0 && nanos > 0 && count < FULL_READ_BYTES) {
      pause.accept(nanos);
    }
  }

  /** Moves what came with the head. */
  private int buffered(byte[] content, int offset, int length) {
    int count = Math.min(length, end - next);
    System.arraycopy(buffer, next, content, offset, count);
    next += count;
    return count;
  }

  private ReplyHead readHead(Duration limit) throws IOException {
    HeadEnd search = new HeadEnd();
    OptionalInt found = OptionalInt.empty();
    while (found.isEmpty()) {
      if (end > 0 && nanoClock.getAsLong() - begunNanos > limit.toNanos()) {
        throw new SocketTimeoutException("the head of an answer takes too long");
      }
      if (end == buffer.length) {
        throw new ProtocolException("a head of more than " + HeadFields.MAX_HEAD_BYTES + " bytes");
      }
      int count = connection.in().read(buffer, end, buffer.length - end);
      if (count < 0) {
        throw new EOFException("no answer");
      }
      end += count;
      found = search.find(buffer, end);
    }
    int length = found.getAsInt();
    next = length + HeadFields.END.length();
    return ReplyHead.parse(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
  }
}
