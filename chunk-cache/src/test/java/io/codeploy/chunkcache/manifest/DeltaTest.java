package io.codeploy.chunkcache.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaTest {
  private final Map<Digest, byte[]> contents = new HashMap<>();

  @Test
  void bringsTheManifestAndWhatIsNewOfALargeTree() throws Exception {
    Manifest base = Trees.random(1, 10_000);
    Manifest target = with(base, file("directory-0250/file-05000a.txt", random(10_000)));

    EncodedChunk delta = encode(base, target).orElseThrow();
    Delta read = DeltaCodec.decode(plain(delta), WholeManifest.of(base), root(target));

    assertArrayEquals(ManifestCodec.encode(target), read.whole().bytes());
    assertTrue(delta.transported().remaining() < 10_400, delta::toString);
    assertEquals(target, read.manifest());
    assertEquals(1, read.places().size());
  }

  @Test
  void putsTheFilesThatItCarriesIntoItsChunk() throws Exception {
    byte[] content = random(1000);
    Manifest base = Trees.example();
    Manifest target = with(base, file("news", content), file("same", content));

    EncodedChunk delta = encode(base, target).orElseThrow();
    Manifest within =
        DeltaCodec.decode(plain(delta), WholeManifest.of(base), root(target)).within(delta.ref());

    RegularFile news = (RegularFile) within.entries().getLast();
    Slice slice = news.slices().getFirst();
    byte[] found = new byte[1000];
    plain(delta).get(slice.offset(), found);
    assertEquals(delta.ref(), within.chunks().get(slice.chunk()));
    assertArrayEquals(content, found);
    assertTrue(plain(delta).remaining() < 1500, "the same content once");
    assertEquals(base.files(), within.files().subList(0, base.files().size()));
  }

  @Test
  void carriesNeitherLargeFilesNorContentsThatTheBaseHas() throws Exception {
    Manifest base = with(Trees.example(), file("known", random(500)));
    Manifest target = with(base, file("large", random(200_000)), file("other", random(500)));

    EncodedChunk delta = encode(base, target).orElseThrow();
    Delta read = DeltaCodec.decode(plain(delta), WholeManifest.of(base), root(target));

    assertEquals(Map.of(), read.places());
    assertEquals(target, read.within(delta.ref()));
  }

  @Test
  void isNoneThatIsLongerThanItMayBe() throws Exception {
    Manifest base = Trees.example();
    Manifest target = base;
    for (int i = 0; i < 21; i++) {
      target = with(target, file("new" + i, random(100_000 + i)));
    }

    assertEquals(Optional.empty(), encode(base, target));
  }

  @Test
  void refusesWhatStartsFromAnotherManifestOrIsNone() throws Exception {
    Manifest base = Trees.random(1, 100);
    Manifest target = with(base, file("news", random(100)));
    ByteBuffer plain = plain(encode(base, target).orElseThrow());
    byte[] bytes = new byte[plain.remaining()];
    plain.get(bytes);

    assertRefused(bytes, Trees.random(2, 100), root(target));
    assertRefused(bytes, base, root(base));
    assertRefused(Arrays.copyOf(bytes, bytes.length + 1), base, root(target));
    for (int length = 0; length < bytes.length; length++) {
      assertRefused(Arrays.copyOf(bytes, length), base, root(target));
    }
  }

  @Test
  void refusesAContentThatIsNotItsFiles() throws Exception {
    Manifest base = Trees.example();
    Manifest target = with(base, file("first", random(300)), file("second", random(200)));
    ByteBuffer plain = plain(encode(base, target).orElseThrow());
    byte[] bytes = new byte[plain.remaining()];
    plain.get(bytes);

    for (int at : List.of(bytes.length - 500, bytes.length - 1)) {
      byte[] forged = bytes.clone();
      forged[at]++;
      assertRefused(forged, base, root(target));
    }
  }

  @Test
  void hasANameThatIsReadAgain() throws Exception {
    DeltaRef ref = new DeltaRef(Trees.digest("base"), Trees.zstd("delta", 1000, 500));

    assertEquals(ref, DeltaRef.decode(ref.encode()));
    for (int length = 0; length < ref.encode().length; length++) {
      byte[] cut = Arrays.copyOf(ref.encode(), length);
      assertThrows(MalformedManifestException.class, () -> DeltaRef.decode(cut));
    }
  }

  @Test
  void readsAndWritesTheExampleOfTheFormatPage() throws Exception {
    byte[] example = FormatPage.example("delta.md", "hex");
    Manifest base = Trees.example();
    Manifest target = with(base, file("news", "good\n".getBytes(StandardCharsets.UTF_8)));

    Delta read = DeltaCodec.decode(ByteBuffer.wrap(example), WholeManifest.of(base), root(target));

    assertEquals(target, read.manifest());
    ByteBuffer written = plain(encode(base, target).orElseThrow());
    assertEquals(ByteBuffer.wrap(example), written);
  }

  private Optional<EncodedChunk> encode(Manifest base, Manifest target) throws IOException {
    return DeltaCodec.encode(
        WholeManifest.of(base),
        WholeManifest.of(target),
        file -> Objects.requireNonNull(contents.get(file.digest())));
  }

  private static ByteBuffer plain(EncodedChunk chunk) throws Exception {
    return ChunkCodec.decode(chunk.ref(), chunk.transported());
  }

  private static ManifestRoot root(Manifest manifest) {
    return ManifestChunks.encode(manifest).root();
  }

  private static void assertRefused(byte[] delta, Manifest base, ManifestRoot root) {
    assertThrows(
        MalformedManifestException.class,
        () -> DeltaCodec.decode(ByteBuffer.wrap(delta), WholeManifest.of(base), root));
  }

  /** A file of a chunk of its own; {@link #with} puts it there. */
  private RegularFile file(String path, byte[] content) {
    contents.put(Digest.of(content), content);
    return new RegularFile(
        Trees.path(path),
        0644,
        Trees.file("x").mtime(),
        content.length,
        Digest.of(content),
        List.of(new Slice(0, 0, content.length)));
  }

  private static Manifest with(Manifest base, RegularFile... files) {
    List<ChunkRef> chunks = new ArrayList<>(base.chunks());
    List<Entry> entries = new ArrayList<>(base.entries());
    for (RegularFile file : files) {
      ChunkRef chunk = ChunkRef.raw(file.digest(), (int) file.size());
      if (!chunks.contains(chunk)) {
        chunks.add(chunk);
      }
      Slice slice = new Slice(chunks.indexOf(chunk), 0, (int) file.size());
      entries.add(
          new RegularFile(
              file.path(), file.mode(), file.mtime(), file.size(), file.digest(), List.of(slice)));
    }
    entries.sort((a, b) -> a.path().compareTo(b.path()));
    return new Manifest(chunks, entries, List.of());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
