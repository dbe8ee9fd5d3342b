package io.codeploy.multicopy.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files. */
public final class Digest {
  private static final int BUFFER_BYTES = 128 << 10;

  private Digest() {}

  static String of(byte[] bytes, int offset, int length) {
    MessageDigest digest = sha256();
    digest.update(bytes, offset, length);
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(SourceEntry file) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[Math.clamp(file.size(), 1, BUFFER_BYTES)];
    long total = 0;
    try (InputStream in = Files.newInputStream(file.path())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        total += n;
      }
    }
    if (total != file.size()) {
      throw new ChangedException(file);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new one. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
