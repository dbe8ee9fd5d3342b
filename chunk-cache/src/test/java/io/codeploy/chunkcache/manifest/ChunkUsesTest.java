package io.codeploy.chunkcache.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.manifest.ChunkUses.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChunkUsesTest {
  @Test
  void tellsWhereEachChunkGoes() {
    RegularFile a = Trees.file("a", new Slice(0, 5, 10), new Slice(1, 0, 20));
    RegularFile b = Trees.file("b", new Slice(1, 7, 3), new Slice(1, 7, 3));
    Manifest tree =
        new Manifest(
            List.of(Trees.raw("0", 15), Trees.raw("1", 20), Trees.raw("2", 1)),
            List.of(a, b),
            List.of());

    ChunkUses uses = ChunkUses.of(tree);

    assertEquals(List.of(new Use(a, 0, 5, 10)), uses.of(0));
    assertEquals(
        List.of(new Use(a, 10, 0, 20), new Use(b, 0, 7, 3), new Use(b, 3, 7, 3)), uses.of(1));
    assertEquals(List.of(), uses.of(2));
    assertThrows(IndexOutOfBoundsException.class, () -> uses.of(2).get(0));
    assertThrows(IndexOutOfBoundsException.class, () -> uses.of(0).get(1));
  }

  @Test
  void tellsOfSomeFilesAlone() {
    Manifest tree = Trees.random(5, 100);
    RegularFile some = tree.files().get(50);

    ChunkUses uses = ChunkUses.of(tree, List.of(some));

    for (int chunk = 0; chunk < tree.chunks().size(); chunk++) {
      List<Use> all = new ArrayList<>(ChunkUses.of(tree).of(chunk));
      all.removeIf(use -> !use.file().equals(some));
      assertEquals(all, uses.of(chunk));
    }
  }

  @Test
  void agreesWithTheManifestOnAnyTree() {
    Manifest tree = Trees.random(5, 2000);
    ChunkUses uses = ChunkUses.of(tree);

    for (int chunk = 0; chunk < tree.chunks().size(); chunk++) {
      assertEquals(usesByLooking(tree, chunk), uses.of(chunk));
      assertEquals(Optional.of(chunk), uses.indexOf(tree.chunks().get(chunk).transported()));
    }
    assertEquals(Optional.empty(), uses.indexOf(Trees.digest("nowhere")));
  }

  @Test
  void findsTheFirstOfChunksWithOneTransportedForm() {
    ChunkRef zstd = Trees.zstd("plain", 20, 10);
    ChunkRef raw = ChunkRef.raw(zstd.transported(), 10);
    Manifest tree = new Manifest(List.of(raw, zstd), List.of(), List.of());

    assertEquals(Optional.of(0), ChunkUses.of(tree).indexOf(zstd.transported()));
  }

  private static List<Use> usesByLooking(Manifest tree, int chunk) {
    List<Use> uses = new ArrayList<>();
    for (RegularFile file : tree.files()) {
      long offset = 0;
      for (Slice slice : file.slices()) {
        if (slice.chunk() == chunk) {
          uses.add(new Use(file, offset, slice.offset(), slice.length()));
        }
        offset += slice.length();
      }
    }
    return uses;
  }
}
