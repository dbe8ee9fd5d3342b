package io.codeploy.chunkcache.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cuts pinned here are of code that gave all seed-0 vectors of the remote execution API (see
 * docs/formats/chunking.md).
 */
class FastCdcTest {
  @Test
  void cutsNoiseAsPinned() {
    assertEquals(
        List.of(
            539_386, 587_469, 653_293, 696_735, 598_590, 790_143, 591_735, 597_084, 582_978,
            609_565, 628_868, 550_766, 191_778, 559_425, 210_793),
        cuts(FastCdc.standard(), noise(8 << 20)));
  }

  @Test
  void cutsNoiseAsPinnedUnderTheParametersOfThePublishedVectors() {
    FastCdc small = new FastCdc(4096, 16384, 65535, 0x0000d90303537000L, 0x0000d90103530000L);

    assertEquals(
        List.of(
            21_522, 18_252, 25_707, 17_383, 12_963, 6_368, 20_049, 23_431, 22_409, 4_310, 17_564,
            10_043),
        cuts(small, noise(200_001)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 131_071, 131_072})
  void takesWhatIsNoLongerThanTheShortestChunkAsItIs(int length) {
    assertEquals(length, FastCdc.standard().cut(noise(length), 0, length));
  }

  @Test
  void cutsWhatHasNoCutAtTheLongestChunk() {
    assertEquals(2 << 20, FastCdc.standard().cut(new byte[5 << 20], 0, 5 << 20));
    assertEquals((2 << 20) - 1, FastCdc.standard().cut(new byte[5 << 20], 0, (2 << 20) - 1));
  }

  @Test
  void dependsOnTheBytesAndNotOnWhereTheyLie() {
    byte[] data = noise(3 << 20);
    byte[] shifted = new byte[data.length + 3];
    System.arraycopy(data, 0, shifted, 3, data.length);

    assertEquals(
        FastCdc.standard().cut(data, 0, data.length),
        FastCdc.standard().cut(shifted, 3, data.length));
  }

  @Test
  void keepsWithinTheLimits() {
    List<Integer> cuts = cuts(FastCdc.standard(), noise(30_000_000));

    for (int length : cuts.subList(0, cuts.size() - 1)) {
      assertTrue(length >= 128 << 10 && length <= 2 << 20, "chunk of " + length);
    }
  }

  @Test
  void refusesLimitsOutOfOrder() {
    assertThrows(IllegalArgumentException.class, () -> new FastCdc(0, 1, 2, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FastCdc(2, 1, 2, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FastCdc(1, 3, 2, 0, 0));
  }

  static List<Integer> cuts(FastCdc rule, byte[] data) {
    List<Integer> cuts = new ArrayList<>();
    for (int offset = 0; offset < data.length; ) {
      int length = rule.cut(data, offset, data.length - offset);
      cuts.add(length);
      offset += length;
    }
    return cuts;
  }

  static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(42).nextBytes(noise);
    return noise;
  }
}
