package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.store.ChunkStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ranges that a node has: chunks of its store, and in memory which chunk is which range. Of
 * members that trust each other; safe for use by many threads.
 */
public final class RangeCache {
  private static final System.Logger LOG = System.getLogger(RangeCache.class.getName());
  private static final int MAX_RANGES = 65_536;

  private final ChunkStore store;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}. */
  private final LinkedHashMap<Digest, Digest> chunks =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Digest> eldest) {
          return size() > MAX_RANGES;
        }
      };

  /** An empty one over {@code store}, which may hold much else. */
  public RangeCache(ChunkStore store) {
    this.store = store;
  }

  /** The range, verified anew: a cache's disk may have lost it in a crash. */
  Optional<VerifiedChunk> find(Version version, long index) {
    return digest(version.key(index))
        .flatMap(this::read)
        .filter(chunk -> chunk.length() == version.plan().bytes(index));
  }

  private Optional<VerifiedChunk> read(Digest digest) {
    try {
      Optional<ByteBuffer> bytes = store.find(digest);
      return bytes.isEmpty()
          ? Optional.empty()
          : Optional.of(VerifiedChunk.of(digest, bytes.get()));
    } catch (IOException | InternalError e) {
      // An InternalError is what a mapped page becomes that the disk does not give.
      LOG.log(System.Logger.Level.INFO, "a range is lost", e);
      remove(digest);
      return Optional.empty();
    }
  }

  private void remove(Digest digest) {
    try {
      store.remove(digest);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, "a lost range stays in its place", e);
    }
  }

  /** Keeps the range, if the disk takes it. */
  void keep(Version version, long index, VerifiedChunk range) {
    try {
      store.put(range);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, "a range is not kept", e);
      return;
    }
    lock.lock();
    try {
      chunks.put(version.key(index), range.transported());
    } finally {
      lock.unlock();
    }
  }

  private Optional<Digest> digest(Digest key) {
    lock.lock();
    try {
      return Optional.ofNullable(chunks.get(key));
    } finally {
      lock.unlock();
    }
  }
}
