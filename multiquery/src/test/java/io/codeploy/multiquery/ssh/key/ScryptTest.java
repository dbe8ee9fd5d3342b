package io.codeploy.multiquery.ssh.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScryptTest {
  private static final int LENGTH = 64;

  /** The vectors of RFC 7914, section 12, but for the one that takes a gigabyte. */
  @ParameterizedTest
  @CsvSource({
    "'', '', 16, 1, 1, 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
    "password, NaCl, 1024, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    "pleaseletmein, SodiumChloride, 16384, 8, 1, "
        + "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
  })
  void derivesWhatTheRfcSays(
      String password, String salt, int cost, int blockSize, int parallel, String hex)
      throws Exception {
    byte[] derived =
        new Scrypt(cost, blockSize, parallel)
            .derive(password.getBytes(US_ASCII), salt.getBytes(US_ASCII), LENGTH);

    assertEquals(hex, HexFormat.of().formatHex(derived));
  }

  @Test
  void refusesParametersThatMakeNoSenseOrTakeAllMemory() {
    assertThrows(IllegalArgumentException.class, () -> new Scrypt(3, 8, 1));
    assertThrows(IllegalArgumentException.class, () -> new Scrypt(16, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Scrypt(16, 8, 17));
    assertThrows(IllegalArgumentException.class, () -> new Scrypt(1 << 20, 8, 1));
    assertThrows(IllegalArgumentException.class, () -> new Scrypt(1 << 30, 1 << 30, 1));
  }
}
