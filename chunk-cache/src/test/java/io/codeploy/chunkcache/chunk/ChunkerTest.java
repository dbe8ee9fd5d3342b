package io.codeploy.chunkcache.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTest {
  private final Chunker chunker = Chunker.standard();

  @ParameterizedTest
  @ValueSource(
      ints = {1, 131_072, 2 << 20, (4 << 20) - 1, 4 << 20, (4 << 20) + 1, 8 << 20, 9_999_999})
  void handsOnEveryByteInOrderCutAsByTheRule(int length) throws Exception {
    byte[] data = FastCdcTest.noise(length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<Integer> lengths = new ArrayList<>();

    chunker.forEachChunk(
        new ByteArrayInputStream(data),
        (buffer, offset, count) -> {
          all.write(buffer, offset, count);
          lengths.add(count);
        });

    assertArrayEquals(data, all.toByteArray());
    assertEquals(FastCdcTest.cuts(FastCdc.standard(), data), lengths);
  }

  @Test
  void cutsAZeroStreamAtTheLongestChunk() throws Exception {
    List<Integer> lengths = new ArrayList<>();

    chunker.forEachChunk(
        new ByteArrayInputStream(new byte[(4 << 20) + 5]), (b, o, count) -> lengths.add(count));

    assertEquals(List.of(2 << 20, 2 << 20, 5), lengths);
  }

  @Test
  void handsOnNothingOfAnEmptyStream() throws Exception {
    chunker.forEachChunk(
        InputStream.nullInputStream(),
        (buffer, offset, count) -> {
          throw new IOException("a chunk of nothing");
        });
  }

  @Test
  void cutsAlikeHoweverTheStreamPortionsItsBytes() throws Exception {
    byte[] data = FastCdcTest.noise(5_000_000);
    Random random = new Random(7);
    InputStream portions =
        new FilterInputStream(new ByteArrayInputStream(data)) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(10_000)));
          }
        };

    assertEquals(digests(new ByteArrayInputStream(data)), digests(portions));
  }

  @Test
  void keepsMostChunksWhenAByteIsInserted() throws Exception {
    byte[] before = FastCdcTest.noise(20_000_000);
    byte[] after = new byte[before.length + 1];
    System.arraycopy(before, 0, after, 0, 9_000_000);
    System.arraycopy(before, 9_000_000, after, 9_000_001, before.length - 9_000_000);

    Set<Digest> added = new HashSet<>(digests(new ByteArrayInputStream(after)));
    int all = added.size();
    added.removeAll(digests(new ByteArrayInputStream(before)));

    assertTrue(added.size() <= 3, added.size() + " of " + all + " chunks are new");
  }

  @Test
  void passesOnTheFailureOfAStreamAndStaysUsable() throws Exception {
    InputStream closed = InputStream.nullInputStream();
    closed.close();

    assertThrows(IOException.class, () -> digests(closed));

    byte[] data = FastCdcTest.noise(1000);
    assertEquals(List.of(Digest.of(data)), digests(new ByteArrayInputStream(data)));
  }

  private List<Digest> digests(InputStream in) throws IOException {
    List<Digest> digests = new ArrayList<>();
    chunker.forEachChunk(in, (b, offset, length) -> digests.add(Digest.of(b, offset, length)));
    return digests;
  }
}
