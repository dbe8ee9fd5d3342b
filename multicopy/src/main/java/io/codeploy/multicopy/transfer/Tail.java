package io.codeploy.multicopy.transfer;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last {@value #LIMIT_BYTES} bytes of what is written, for a message. */
final class Tail extends OutputStream {
  private static final int LIMIT_BYTES = 4096;

  private final byte[] ring = new byte[LIMIT_BYTES];
  private long written;

  @Override
  public void write(int b) {
    ring[(int) (written++ % LIMIT_BYTES)] = (byte) b;
  }

  /** The last line that is not blank, or {@code otherwise}. */
  String lastLine(String otherwise) {
    int kept = (int) Math.min(written, LIMIT_BYTES);
    byte[] bytes = new byte[kept];
    for (int i = 0; i < kept; i++) {
      bytes[i] = ring[(int) ((written - kept + i) % LIMIT_BYTES)];
    }
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .map(String::strip)
        .orElse(otherwise);
  }
}
