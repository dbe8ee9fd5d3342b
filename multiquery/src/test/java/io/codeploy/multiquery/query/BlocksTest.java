package io.codeploy.multiquery.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksTest {
  private static final int HEAD = 16 << 10;
  private static final int BLOCK = 64 << 10;

  private final Queue<byte[]> spare = new ArrayDeque<>();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, HEAD - 1, HEAD, HEAD + 1, HEAD + BLOCK, HEAD + BLOCK + 1, 300_000})
  void holdWhatWasAppendedInPiecesOfAnySize(int length) throws IOException {
    byte[] bytes = random(length);
    for (int step : new int[] {1, 999, BLOCK, BLOCK + 1, 1_000_000}) {
      Blocks blocks = new Blocks(spare);
      for (int at = 0; at < length; at += step) {
        blocks.append(bytes, at, Math.min(step, length - at));
      }

      assertEquals(length, blocks.size());
      assertArrayEquals(bytes, blocks.toByteArray());
      assertArrayEquals(bytes, written(blocks));
      blocks.clear();
    }
  }

  @Test
  void useTheBlocksThatOthersHaveCleared() throws IOException {
    Blocks first = new Blocks(spare);
    first.append(random(HEAD + 2 * BLOCK), 0, HEAD + 2 * BLOCK);
    first.clear();
    assertEquals(2, spare.size());
    Blocks second = new Blocks(spare);
    byte[] bytes = random(HEAD + 1);
    second.append(bytes, 0, bytes.length);

    assertEquals(1, spare.size());
    assertArrayEquals(bytes, second.toByteArray());
    assertEquals(0, first.size());
    assertArrayEquals(new byte[0], written(first));
  }

  private static byte[] written(Blocks blocks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    blocks.writeTo(out);
    return out.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
