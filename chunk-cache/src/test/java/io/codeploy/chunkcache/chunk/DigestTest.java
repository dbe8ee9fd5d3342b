package io.codeploy.chunkcache.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  /** FIPS 180-2, appendix B.1. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  @Test
  void isSha256() {
    assertEquals(OF_ABC, Digest.of(ABC).toString());
    assertEquals("ba7816bf8f01", Digest.of(ABC).shortForm());
  }

  @Test
  void isTheSameForArraysAndBuffers() {
    ByteBuffer direct = ByteBuffer.allocateDirect(5).put(1, ABC).position(1).limit(4);

    assertEquals(Digest.of(ABC), Digest.of(direct));
    assertEquals(Digest.of(ABC), Digest.of(new byte[] {0, 'a', 'b', 'c', 0}, 1, 3));
    assertEquals(1, direct.position());
  }

  @Test
  void givesBackBothForms() {
    Digest digest = Digest.of(ABC);

    assertEquals(digest, Digest.parse(digest.toString()));
    assertEquals(digest, Digest.fromBytes(digest.toBytes()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ba78",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "../../../../../../../../../../../../../../../../../../../../etc"
      })
  void refusesOtherText(String text) {
    assertThrows(IllegalArgumentException.class, () -> Digest.parse(text));
  }

  @Test
  void refusesOtherLengths() {
    assertThrows(IllegalArgumentException.class, () -> Digest.fromBytes(new byte[31]));
  }

  @Test
  void ordersByItsText() {
    Digest low = Digest.parse("7f".repeat(32));
    Digest high = Digest.parse("80".repeat(32));
    Digest higher = Digest.parse("80".repeat(31) + "ff");

    assertTrue(low.compareTo(high) < 0 && high.compareTo(higher) < 0);
    assertEquals(0, low.compareTo(Digest.parse(low.toString())));
  }
}
