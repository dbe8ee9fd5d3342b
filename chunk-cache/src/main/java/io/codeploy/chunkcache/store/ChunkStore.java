package io.codeploy.chunkcache.store;

import io.codeploy.chunkcache.chunk.CorruptChunkException;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.store.StoreIndex.Stored;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Chunks on disk, in their transported form, within a quota. What is least recently used goes when
 * room is needed; after a restart, what was least recently written.
 *
 * <p>A chunk is verified before it is kept, written beside its final name and renamed, so that a
 * file under a chunk's name is the whole chunk. A crash of the process leaves only temporary files,
 * deleted when the store is opened next. Nothing is forced to disk, since a cache may forget: after
 * a crash of the machine a file may lack its bytes, and who finds a chunk corrupt calls {@link
 * #remove}. One process at a time uses a directory; files in it that are not the store's are left
 * alone. Safe for use by many threads, which may all block on the disk. The layout is the page
 * {@code store.md} of {@code docs/formats}.
 */
public final class ChunkStore implements ChunkSource {
  private final Path dir;
  private final long quotaBytes;
  private final StoreDirectory files;
  private final StoreIndex index;
  private final Mappings mappings = new Mappings();

  private ChunkStore(Path dir, long quotaBytes, StoreDirectory files) {
    this.dir = dir;
    this.quotaBytes = quotaBytes;
    this.files = files;
    this.index = new StoreIndex(quotaBytes);
  }

  /**
   * The store in {@code dir}, which is made if it is not there. Finds its chunks by their names and
   * deletes what does not fit into {@code quotaBytes}, the sum of the lengths of its chunks.
   */
  public static ChunkStore open(Path dir, long quotaBytes) throws IOException {
    if (quotaBytes < 1) {
      throw new IllegalArgumentException("quota of " + quotaBytes + " bytes");
    }
    ChunkStore store = new ChunkStore(dir, quotaBytes, StoreDirectory.open(dir));
    for (StoreDirectory.Found found : store.files.scan()) {
      store.index.enter(found.chunk(), found.length());
    }
    store.delete(store.index.takeVictims());
    return store;
  }

  /**
   * Keeps a chunk, evicting others where it needs their room; does nothing when it is there. The
   * position of {@code bytes} is left alone.
   *
   * @throws CorruptChunkException if {@code bytes} do not have the digest {@code transported}
   * @throws IOException if the chunk is larger than the quota or the disk does not take it; the
   *     store is as before, but for evicted chunks
   */
  public void put(Digest transported, ByteBuffer bytes) throws IOException {
    put(VerifiedChunk.of(transported, bytes));
  }

  /**
   * Keeps a chunk, as {@link #put(Digest, ByteBuffer)} does.
   *
   * @throws IOException if the chunk is larger than the quota or the disk does not take it
   */
  public void put(VerifiedChunk chunk) throws IOException {
    int length = chunk.length();
    if (length > quotaBytes) {
      throw new IOException(
          "chunk of %d bytes does not fit into the quota of %d bytes of %s; raise the quota"
              .formatted(length, quotaBytes, dir));
    }
    Optional<List<Digest>> victims = index.reserve(chunk.transported(), length);
    if (victims.isPresent()) {
      replace(victims.get(), chunk.transported(), chunk.bytes());
    }
  }

  private void replace(List<Digest> victims, Digest transported, ByteBuffer bytes)
      throws IOException {
    boolean arrived = false;
    try {
      delete(victims);
      files.write(transported, bytes);
      arrived = true;
    } catch (IOException e) {
      throw new IOException(
          "cannot keep a chunk of %d bytes in %s: %s; make room there or choose another directory"
              .formatted(bytes.remaining(), dir, e),
          e);
    } finally {
      if (arrived) {
        index.arrived(transported, bytes.remaining());
      } else {
        index.failed(transported, bytes.remaining());
      }
    }
  }

  /** Whether the chunk is there; does not count as a use. */
  @Override
  public boolean contains(Digest transported) {
    return index.contains(transported);
  }

  /**
   * The chunk, mapped; good also after it was evicted or removed. Its content was verified when it
   * was put and is not verified again.
   */
  @Override
  public Optional<ByteBuffer> find(Digest transported) throws IOException {
    Optional<Stored> stored = index.use(transported);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    Optional<ByteBuffer> mapped = mappings.get(stored.get().stamp());
    return mapped.isPresent() ? mapped : map(transported, stored.get());
  }

  private Optional<ByteBuffer> map(Digest transported, Stored stored) throws IOException {
    try {
      ByteBuffer mapped = files.map(transported);
      if (mapped.remaining() != stored.length()) {
        remove(transported);
        return Optional.empty();
      }
      mappings.put(stored.stamp(), mapped);
      return Optional.of(mapped);
    } catch (NoSuchFileException e) {
      // Evicted since the look into the index, or deleted by somebody else: then it is no longer
      // there.
      remove(transported);
      return Optional.empty();
    }
  }

  /** Deletes the chunk if it is there; what was found of it before stays good. */
  public void remove(Digest transported) throws IOException {
    if (index.take(transported)) {
      delete(List.of(transported));
    }
  }

  /** Holds chunks, those that are to come included, until the result is closed. */
  public Pin pin(Collection<Digest> transported) {
    List<Digest> pinned = List.copyOf(transported);
    index.pin(pinned);
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        index.unpin(pinned);
      }
    };
  }

  /** Keeps nothing mapped any more but what somebody still holds; the next to ask maps it again. */
  public void releaseMappings() {
    mappings.clear();
  }

  /**
   * Leaves {@code bytes} of the disk to others, and an eighth of them, as files take whole blocks:
   * until this is called again it grows by no more than is free beyond that, and chunks go sooner.
   * A single one is kept in any case. With 0, all is as the quota has it.
   *
   * @param place where they are needed; on another disk than the store's nothing is left
   */
  public void leaveFree(Path place, long bytes) throws IOException {
    File disk = dir.toFile();
    boolean shared = bytes > 0 && disk.getTotalSpace() > 0 && device(dir).equals(device(place));
    long room = disk.getUsableSpace() - bytes - bytes / 8;
    index.limit(shared ? Math.min(quotaBytes, usedBytes() + Math.max(0, room)) : quotaBytes);
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev");
  }

  /** The sum of the lengths of the chunks that are there or on their way in. */
  public long usedBytes() {
    return index.usedBytes();
  }

  private void delete(List<Digest> chunks) throws IOException {
    try {
      for (Digest chunk : chunks) {
        files.delete(chunk);
      }
    } finally {
      index.deleted(chunks);
    }
  }
}
