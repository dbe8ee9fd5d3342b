package io.codeploy.chunkcache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.CorruptChunkException;
import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkStoreTest {
  private static final byte[] A = bytes("chunk a");
  private static final byte[] B = bytes("chunk b");
  private static final byte[] C = bytes("chunk c");
  private static final long ROOM_FOR_TWO = 2L * A.length;

  @TempDir Path dir;

  @Test
  void findsWhatWasPut() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);

    put(store, A);

    assertTrue(store.contains(Digest.of(A)));
    assertEquals(Optional.of(ByteBuffer.wrap(A)), store.find(Digest.of(A)));
    assertTrue(store.find(Digest.of(A)).orElseThrow().isReadOnly());
    assertEquals(Optional.empty(), store.find(Digest.of(B)));
    assertEquals(A.length, store.usedBytes());
  }

  @Test
  void givesEachCallerABufferOfItsOwn() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);
    put(store, A);

    store.find(Digest.of(A)).orElseThrow().position(3);

    assertEquals(0, store.find(Digest.of(A)).orElseThrow().position());
  }

  @Test
  void putsAgainWithoutHarm() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);

    put(store, A);
    put(store, A);

    assertEquals(A.length, store.usedBytes());
    assertEquals(1, files().size());
  }

  @Test
  void refusesBytesThatAreNotTheChunk() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);

    assertThrows(CorruptChunkException.class, () -> store.put(Digest.of(A), ByteBuffer.wrap(B)));

    assertFalse(store.contains(Digest.of(A)));
    assertEquals(List.of(), files());
  }

  @Test
  void refusesAChunkLargerThanTheQuota() throws Exception {
    ChunkStore store = ChunkStore.open(dir, A.length - 1);

    IOException refusal = assertThrows(IOException.class, () -> put(store, A));

    assertTrue(refusal.toString().contains("quota"), refusal.toString());
    assertEquals(List.of(), files());
  }

  @Test
  void evictsWhatWasNotUsedForTheLongestTime() throws Exception {
    ChunkStore store = ChunkStore.open(dir, ROOM_FOR_TWO);
    put(store, A);
    put(store, B);
    store.find(Digest.of(A));

    put(store, C);

    assertEquals(List.of(true, false, true), presence(store));
    assertEquals(ROOM_FOR_TWO, store.usedBytes());
    assertEquals(2, files().size());
  }

  @Test
  void countsAPutOfWhatIsThereAsAUse() throws Exception {
    ChunkStore store = ChunkStore.open(dir, ROOM_FOR_TWO);
    put(store, A);
    put(store, B);
    put(store, A);

    put(store, C);

    assertEquals(List.of(true, false, true), presence(store));
  }

  @Test
  void doesNotCountALookAsAUse() throws Exception {
    ChunkStore store = ChunkStore.open(dir, ROOM_FOR_TWO);
    put(store, A);
    put(store, B);
    assertTrue(store.contains(Digest.of(A)));

    put(store, C);

    assertEquals(List.of(false, true, true), presence(store));
  }

  @Test
  void evictsPinnedChunksLast() throws Exception {
    ChunkStore store = ChunkStore.open(dir, ROOM_FOR_TWO);
    try (Pin pin = store.pin(List.of(Digest.of(A)))) {
      put(store, A);
      put(store, B);

      put(store, C);

      assertEquals(List.of(true, false, true), presence(store));
      pin.close();
      put(store, B);
      assertEquals(List.of(false, true, true), presence(store));
    }
  }

  @Test
  void evictsPinnedChunksRatherThanRefuse() throws Exception {
    ChunkStore store = ChunkStore.open(dir, ROOM_FOR_TWO);
    put(store, A);
    put(store, B);
    try (Pin pin = store.pin(List.of(Digest.of(A), Digest.of(B)))) {
      put(store, C);

      assertEquals(List.of(false, true, true), presence(store));
    }
  }

  @Test
  void growsNoMoreWhileOthersNeedTheDisk() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);
    put(store, A);

    store.leaveFree(dir, Long.MAX_VALUE / 4);
    put(store, B);
    assertFalse(store.contains(Digest.of(A)));
    assertTrue(store.contains(Digest.of(B)));

    store.leaveFree(dir, 0);
    put(store, A);
    assertTrue(store.contains(Digest.of(A)));
    assertTrue(store.contains(Digest.of(B)));
  }

  @Test
  void keepsASingleChunkWhateverOthersNeed() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);

    store.leaveFree(dir, Long.MAX_VALUE / 4);
    put(store, A);

    assertTrue(store.contains(Digest.of(A)));
  }

  @Test
  void holdsWhatIsPinnedTwiceUntilBothLetGo() throws Exception {
    ChunkStore store = ChunkStore.open(dir, ROOM_FOR_TWO);
    put(store, A);
    put(store, B);
    Pin first = store.pin(List.of(Digest.of(A)));
    Pin second = store.pin(List.of(Digest.of(A)));
    first.close();
    first.close();

    put(store, C);

    assertEquals(List.of(true, false, true), presence(store));
    second.close();
  }

  @Test
  void servesWhatWasFoundBeforeItWasRemoved() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);
    put(store, A);
    ByteBuffer found = store.find(Digest.of(A)).orElseThrow();

    store.remove(Digest.of(A));
    store.remove(Digest.of(A));

    assertEquals(ByteBuffer.wrap(A), found);
    assertEquals(Optional.empty(), store.find(Digest.of(A)));
    assertEquals(0, store.usedBytes());
    assertEquals(List.of(), files());
  }

  @Test
  void findsItsChunksAfterARestart() throws Exception {
    put(ChunkStore.open(dir, 1000), A);

    ChunkStore reopened = ChunkStore.open(dir, 1000);

    assertEquals(Optional.of(ByteBuffer.wrap(A)), reopened.find(Digest.of(A)));
    assertEquals(A.length, reopened.usedBytes());
  }

  @Test
  void evictsTheOldestWhenOpenedWithASmallerQuota() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);
    put(store, A);
    put(store, B);
    put(store, C);
    Files.setLastModifiedTime(file(B), FileTime.fromMillis(1000));

    ChunkStore reopened = ChunkStore.open(dir, ROOM_FOR_TWO);

    assertEquals(List.of(true, false, true), presence(reopened));
    assertEquals(2, files().size());
  }

  @Test
  void deletesWhatACrashLeftAndNothingElse() throws Exception {
    put(ChunkStore.open(dir, 1000), A);
    Path leftOver = file(A).resolveSibling(Digest.of(A) + ".tmp7");
    Path emptied = file(B);
    Path foreign = Files.writeString(dir.resolve("README"), "mine");
    Path misplaced = Files.writeString(dir.resolve(Digest.of(C).toString()), "mine");
    Path neighbour = Files.writeString(file(A).resolveSibling("note.tmp1"), "mine");
    Files.writeString(leftOver, "chu");
    Files.createDirectories(emptied.getParent());
    Files.createFile(emptied);

    ChunkStore store = ChunkStore.open(dir, 1000);

    assertEquals(List.of(true, false, false), presence(store));
    assertFalse(Files.exists(leftOver));
    assertFalse(Files.exists(emptied));
    assertTrue(Files.exists(foreign) && Files.exists(misplaced) && Files.exists(neighbour));
  }

  @Test
  void livesInADirectoryThatIsALink() throws Exception {
    Path real = Files.createDirectory(dir.resolve("real"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), real);
    put(ChunkStore.open(link, 1000), A);

    assertTrue(ChunkStore.open(link, 1000).contains(Digest.of(A)));
    assertTrue(ChunkStore.open(real, 1000).contains(Digest.of(A)));
  }

  @Test
  void looksIntoNoDirectoryThatIsNotItsOwn() throws Exception {
    Path foreign = Files.createDirectory(dir.resolve("lost+found"));
    Path inside = Files.writeString(foreign.resolve(Digest.of(A) + ".tmp1"), "mine");
    Files.setPosixFilePermissions(foreign, Set.of());
    try {
      assertEquals(0, ChunkStore.open(dir, 1000).usedBytes());
    } finally {
      Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwx------"));
    }
    assertTrue(Files.exists(inside));
  }

  @Test
  void refusesADirectoryThatIsAFile() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "");

    assertThrows(IOException.class, () -> ChunkStore.open(file, 1000));
  }

  @Test
  void forgetsAChunkWhoseFileIsGoneOrCut() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);
    put(store, A);
    put(store, B);
    Files.delete(file(A));
    Files.writeString(file(B), "ch");

    assertEquals(Optional.empty(), store.find(Digest.of(A)));
    assertEquals(Optional.empty(), store.find(Digest.of(B)));

    put(store, A);
    put(store, B);
    assertEquals(Optional.of(ByteBuffer.wrap(A)), store.find(Digest.of(A)));
    assertEquals(Optional.of(ByteBuffer.wrap(B)), store.find(Digest.of(B)));
  }

  @Test
  void namesTheDirectoryThatDoesNotTakeAChunk() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);
    Files.writeString(file(A).getParent(), "a file where a directory should be");

    IOException failure = assertThrows(IOException.class, () -> put(store, A));

    assertTrue(failure.toString().contains(dir.toString()), failure.toString());
    assertEquals(0, store.usedBytes());
    assertFalse(store.contains(Digest.of(A)));
  }

  @Test
  void leavesNoTemporaryFileWhereAChunkCannotGetItsName() throws Exception {
    ChunkStore store = ChunkStore.open(dir, ROOM_FOR_TWO);
    Path occupied = Files.createDirectories(file(A).resolve("occupied"));

    assertThrows(IOException.class, () -> put(store, A));

    assertEquals(List.of(), files());
    assertFalse(store.contains(Digest.of(A)));
    Files.delete(occupied);
    Files.delete(file(A));
    put(store, A);
    assertEquals(Optional.of(ByteBuffer.wrap(A)), store.find(Digest.of(A)));
  }

  @Test
  void servesTheNewCopyOfAChunkThatWasCorrupt() throws Exception {
    ChunkStore store = ChunkStore.open(dir, 1000);
    put(store, A);
    try (FileChannel file = FileChannel.open(file(A), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(B));
    }
    assertEquals(Optional.of(ByteBuffer.wrap(B)), store.find(Digest.of(A)));

    store.remove(Digest.of(A));
    put(store, A);

    assertEquals(Optional.of(ByteBuffer.wrap(A)), store.find(Digest.of(A)));
  }

  private Path file(byte[] chunk) {
    String name = Digest.of(chunk).toString();
    return dir.resolve(name.substring(0, 2)).resolve(name);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.walk(dir)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static List<Boolean> presence(ChunkStore store) {
    return Stream.of(A, B, C).map(Digest::of).map(store::contains).toList();
  }

  private static void put(ChunkStore store, byte[] chunk) throws IOException {
    store.put(Digest.of(chunk), ByteBuffer.wrap(chunk));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
