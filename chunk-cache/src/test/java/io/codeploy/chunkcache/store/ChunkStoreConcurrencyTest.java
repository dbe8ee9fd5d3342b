package io.codeploy.chunkcache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkStoreConcurrencyTest {
  private static final int CHUNKS = 40;
  private static final int CHUNK_BYTES = 3000;
  private static final int THREADS = 4;

  @TempDir Path dir;

  private final List<byte[]> chunks = chunks();

  @Test
  void staysConsistentWhenManyThreadsPutFindRemoveAndEvict() throws Exception {
    long quota = 7L * CHUNK_BYTES;
    ChunkStore store = ChunkStore.open(dir, quota);

    runInParallel(thread -> disturb(store, new Random(thread), quota));

    assertFilesAre(store, quota);
  }

  @Test
  void writesAChunkOnceThatManyPutAtOnce() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1L << 20);
    CyclicBarrier start = new CyclicBarrier(THREADS);

    runInParallel(
        thread -> {
          for (byte[] chunk : chunks) {
            start.await();
            store.put(Digest.of(chunk), ByteBuffer.wrap(chunk));
          }
        });

    assertEquals((long) CHUNKS * CHUNK_BYTES, store.usedBytes());
    assertFilesAre(store, 1L << 20);
  }

  @Test
  void letsPutsThatFillTheQuotaTakeTurns() throws Exception {
    ChunkStore store = ChunkStore.open(dir, CHUNK_BYTES);

    runInParallel(
        thread -> {
          for (byte[] chunk : chunks) {
            store.put(Digest.of(chunk), ByteBuffer.wrap(chunk));
            assertTrue(store.usedBytes() <= CHUNK_BYTES);
          }
        });

    assertFilesAre(store, CHUNK_BYTES);
  }

  private void disturb(ChunkStore store, Random random, long quota) throws IOException {
    for (int i = 0; i < 1500; i++) {
      byte[] chunk = chunks.get(random.nextInt(CHUNKS));
      Digest digest = Digest.of(chunk);
      switch (random.nextInt(8)) {
        case 0 -> store.remove(digest);
        case 1 -> {
          try (Pin pin = store.pin(List.of(digest))) {
            store.put(digest, ByteBuffer.wrap(chunk));
          }
        }
        case 2, 3, 4 -> store.put(digest, ByteBuffer.wrap(chunk));
        default ->
            store.find(digest).ifPresent(found -> assertEquals(ByteBuffer.wrap(chunk), found));
      }
      assertTrue(store.usedBytes() <= quota);
    }
  }

  /** What the store says it has is on disk, whole, and nothing else is. */
  private void assertFilesAre(ChunkStore store, long quota) throws IOException {
    Map<String, Long> files;
    try (Stream<Path> paths = Files.walk(dir)) {
      files =
          paths
              .filter(Files::isRegularFile)
              .collect(Collectors.toMap(p -> p.getFileName().toString(), p -> p.toFile().length()));
    }
    for (byte[] chunk : chunks) {
      Digest digest = Digest.of(chunk);
      assertEquals(files.containsKey(digest.toString()), store.contains(digest));
      if (store.contains(digest)) {
        assertEquals(ByteBuffer.wrap(chunk), store.find(digest).orElseThrow());
      }
    }
    assertEquals(files.values().stream().mapToLong(Long::longValue).sum(), store.usedBytes());
    assertTrue(store.usedBytes() <= quota);
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void runInParallel(Work work) throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        all.add(
            () -> {
              work.run(number);
              return number;
            });
      }
      for (Future<Integer> done : executor.invokeAll(all)) {
        done.get();
      }
    }
  }

  private static List<byte[]> chunks() {
    List<byte[]> chunks = new ArrayList<>();
    for (int i = 0; i < CHUNKS; i++) {
      byte[] chunk = new byte[CHUNK_BYTES];
      new Random(i).nextBytes(chunk);
      chunks.add(chunk);
    }
    return chunks;
  }
}
