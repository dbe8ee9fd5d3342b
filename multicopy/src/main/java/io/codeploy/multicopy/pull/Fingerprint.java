package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.source.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Tells purposes of stages apart. */
final class Fingerprint {
  private static final int DIGITS = 16;

  private Fingerprint() {}

  static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Digest.sha256().digest(bytes)).substring(0, DIGITS);
  }
}
