package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * How far this member has got: a verified chunk counts whole, one on its way by as many bytes as
 * never came of it before. Bytes that come again, because a transfer failed or was spoilt, count
 * for nothing, so that the figure cannot grow for ever. Safe for use by many threads.
 */
final class Arrivals {
  private final Map<Digest, Integer> reached = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /** For one try to get {@code chunk}: to be told of bytes as they come. */
  IntConsumer attempt(ChunkRef chunk) {
    AtomicInteger come = new AtomicInteger();
    return more -> reach(chunk.transported(), come.addAndGet(more));
  }

  /** {@code chunk} is here, whole and right. */
  void verified(ChunkRef chunk) {
    reach(chunk.transported(), chunk.transportedLength());
    reached.remove(chunk.transported());
  }

  long bytes() {
    return bytes.get();
  }

  private void reach(Digest chunk, int mark) {
    reached.compute(
        chunk,
        (any, last) -> {
          int before = last == null ? 0 : last;
          bytes.addAndGet(Math.max(0, mark - before));
          return Math.max(mark, before);
        });
  }
}
