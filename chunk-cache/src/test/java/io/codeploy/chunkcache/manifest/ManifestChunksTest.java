package io.codeploy.chunkcache.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestChunksTest {
  @Test
  void joinsTheChunksOfASmallManifest() throws Exception {
    EncodedManifest encoded = ManifestChunks.encode(Trees.example());

    assertEquals(1, encoded.chunks().size());
    assertEquals(Trees.example(), ManifestChunks.join(encoded.root(), plain(encoded)).manifest());
  }

  @Test
  void joinsTheChunksOfALargeManifest() throws Exception {
    Manifest tree = Trees.random(1, 60_000);

    EncodedManifest encoded = ManifestChunks.encode(tree);

    assertTrue(encoded.chunks().size() > 3);
    assertEquals(
        encoded.root().chunks(), encoded.chunks().stream().map(EncodedChunk::ref).toList());
    assertEquals(tree, ManifestChunks.join(encoded.root(), plain(encoded)).manifest());
  }

  @Test
  void givesTheSameTreeTheSameRoot() {
    assertEquals(
        ManifestChunks.encode(Trees.random(1, 3000)).root(),
        ManifestChunks.encode(Trees.random(1, 3000)).root());
  }

  @Test
  void sharesMostChunksWithTheManifestBeforeAChange() {
    Manifest before = Trees.random(1, 60_000);
    List<Entry> entries = new ArrayList<>(before.entries());
    entries.removeIf(entry -> entry.path().value().endsWith("file-45000.txt"));
    Manifest after = new Manifest(before.chunks(), entries, List.of());

    Set<ChunkRef> shared = new HashSet<>(ManifestChunks.encode(after).root().chunks());
    int all = shared.size();
    shared.retainAll(ManifestChunks.encode(before).root().chunks());

    assertEquals(true, all - shared.size() <= 3, shared.size() + " of " + all + " shared");
  }

  @Test
  void refusesChunksThatAreNotTheManifest() throws Exception {
    EncodedManifest encoded = ManifestChunks.encode(Trees.example());
    ByteBuffer right = plain(encoded).getFirst();
    ByteBuffer wrong = ByteBuffer.allocate(right.remaining()).put(right.duplicate()).flip();
    wrong.put(20, (byte) (wrong.get(20) + 1));

    for (List<ByteBuffer> chunks :
        List.of(List.<ByteBuffer>of(), List.of(wrong), List.of(right, right))) {
      assertThrows(
          MalformedManifestException.class, () -> ManifestChunks.join(encoded.root(), chunks));
    }
  }

  private static List<ByteBuffer> plain(EncodedManifest encoded) throws IOException {
    List<ByteBuffer> plain = new ArrayList<>();
    for (EncodedChunk chunk : encoded.chunks()) {
      plain.add(ChunkCodec.decode(chunk.ref(), chunk.transported()));
    }
    return plain;
  }
}
