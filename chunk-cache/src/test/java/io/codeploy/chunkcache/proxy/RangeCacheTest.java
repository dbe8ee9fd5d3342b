package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.store.ChunkStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeCacheTest {
  private static final int LENGTH = 100_000;

  private final Version version =
      new Version(new OriginUrl("http", "a.example", 80, "/x", true), "\"v1\"", LENGTH);
  private final VerifiedChunk range = VerifiedChunk.of(ByteBuffer.wrap(new byte[LENGTH]));
  @TempDir private Path temp;
  private ChunkStore store;
  private RangeCache cache;

  @BeforeEach
  void keepARange() throws IOException {
    store = ChunkStore.open(temp, 1 << 20);
    cache = new RangeCache(store);
    cache.keep(version, 0, range);
  }

  @Test
  void findsWhatItKeeps() {
    assertEquals(
        Optional.of(range.transported()), cache.find(version, 0).map(VerifiedChunk::transported));
  }

  @Test
  void hasNothingWhereTheDiskDoesNotReadIt() throws IOException {
    Path file = file(range.transported());
    Files.delete(file);
    Files.createDirectory(file);
    Files.createFile(file.resolve("undeletable"));

    assertEquals(Optional.empty(), cache.find(version, 0));
    assertFalse(store.contains(range.transported()));
  }

  @Test
  void hasNothingWhereAMappedPageCannotBeRead() throws IOException {
    assertTrue(cache.find(version, 0).isPresent());
    try (RandomAccessFile file = new RandomAccessFile(file(range.transported()).toFile(), "rw")) {
      file.setLength(0);
    }

    assertEquals(Optional.empty(), cache.find(version, 0));
    assertFalse(store.contains(range.transported()));
  }

  private Path file(Digest chunk) {
    return temp.resolve(chunk.toString().substring(0, 2)).resolve(chunk.toString());
  }
}
