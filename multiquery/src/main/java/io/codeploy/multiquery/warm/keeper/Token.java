package io.codeploy.multiquery.warm.keeper;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** What no output contains by chance. */
final class Token {
  private static final int BYTES = 8;

  private Token() {}

  static String next(RandomGenerator random) {
    byte[] token = new byte[BYTES];
    random.nextBytes(token);
    return HexFormat.of().formatHex(token);
  }
}
