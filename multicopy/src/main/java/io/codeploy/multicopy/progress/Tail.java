package io.codeploy.multicopy.progress;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keeps the last {@value #LIMIT_BYTES} bytes of what is written, for a message. */
public final class Tail extends OutputStream {
  private static final int LIMIT_BYTES = 4096;

  private final byte[] ring = new byte[LIMIT_BYTES];
  private final Optional<Progress> progress;
  private long written;

  public Tail() {
    this.progress = Optional.empty();
  }

  /** One to which every write is progress. */
  public Tail(Progress progress) {
    this.progress = Optional.of(progress);
  }

  @Override
  public void write(int b) {
    ring[(int) (written++ % LIMIT_BYTES)] = (byte) b;
    progress.ifPresent(Progress::step);
  }

  /** What was kept, without the rest of a line of which the beginning was not. */
  public String text() {
    int kept = (int) Math.min(written, LIMIT_BYTES);
    byte[] bytes = new byte[kept];
    for (int i = 0; i < kept; i++) {
      bytes[i] = ring[(int) ((written - kept + i) % LIMIT_BYTES)];
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return written > kept ? text.substring(text.indexOf('\n') + 1) : text;
  }

  /** The last line that is not blank, or {@code otherwise}. */
  public String lastLine(String otherwise) {
    return text()
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .map(String::strip)
        .orElse(otherwise);
  }
}
