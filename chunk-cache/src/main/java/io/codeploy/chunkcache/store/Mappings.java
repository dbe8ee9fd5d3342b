package io.codeploy.chunkcache.store;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The chunks that were mapped last, since those are asked for by many peers at about the same time
 * and each mapping stays until the garbage collector finds it. Keyed by arrival, so that a mapping
 * of a file that was replaced is never found again.
 */
final class Mappings {
  private static final long MAX_BYTES = 32 << 20;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final LinkedHashMap<Long, ByteBuffer> buffers = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  Optional<ByteBuffer> get(long stamp) {
    lock.lock();
    try {
      return Optional.ofNullable(buffers.get(stamp)).map(ByteBuffer::duplicate);
    } finally {
      lock.unlock();
    }
  }

  void put(long stamp, ByteBuffer buffer) {
    lock.lock();
    try {
      if (buffers.putIfAbsent(stamp, buffer.duplicate()) == null) {
        bytes += buffer.remaining();
      }
      Iterator<ByteBuffer> oldest = buffers.values().iterator();
      while (bytes > MAX_BYTES) {
        bytes -= oldest.next().remaining();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      buffers.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }
}
