package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.Digest;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Small contents that were read for their digests and are needed again for their packs, up to 64
 * MiB of them. Safe for use by many threads.
 */
final class RecentContents {
  private static final long LIMIT_BYTES = 64 << 20;

  private final ConcurrentMap<Digest, byte[]> contents = new ConcurrentHashMap<>();
  private final AtomicLong heldBytes = new AtomicLong();

  /** Holds {@code content}, which nobody changes any more, if there is room. */
  void keep(Digest digest, byte[] content) {
    boolean room = heldBytes.addAndGet(content.length) <= LIMIT_BYTES;
    if (!room || contents.putIfAbsent(digest, content) != null) {
      heldBytes.addAndGet(-content.length);
    }
  }

  /** Hands the content over into {@code target}, if it is held, and lets go of it. */
  boolean take(Digest digest, byte[] target, int offset) {
    Optional<byte[]> held = Optional.ofNullable(contents.remove(digest));
    held.ifPresent(
        content -> {
          System.arraycopy(content, 0, target, offset, content.length);
          heldBytes.addAndGet(-content.length);
        });
    return held.isPresent();
  }
}
