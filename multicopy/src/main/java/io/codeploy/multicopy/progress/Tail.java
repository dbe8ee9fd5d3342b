package io.codeploy.multicopy.progress;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keeps the last {@value #LIMIT_BYTES} bytes of what is written, for a message. */
public final class Tail extends OutputStream {
  private static final int LIMIT_BYTES = 4096;

  /** One byte more than is told: it says whether a line begins after it. */
  private final byte[] ring = new byte[LIMIT_BYTES + 1];

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
    ring[(int) (written++ % ring.length)] = (byte) b;
    progress.ifPresent(Progress::step);
  }

  /** What was kept; the end of a line of which the beginning was not, only if it is all. */
  public String text() {
    int kept = (int) Math.min(written, LIMIT_BYTES);
    long first = written - kept;
    byte[] bytes = new byte[kept];
    for (int i = 0; i < kept; i++) {
      bytes[i] = at(first + i);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (first == 0 || at(first - 1) == '\n') {
      return text;
    }
    String lines = text.substring(text.indexOf('\n') + 1);
    return lines.isBlank() ? text : lines;
  }

  private byte at(long index) {
    return ring[(int) (index % ring.length)];
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
