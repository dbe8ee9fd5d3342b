package io.codeploy.multicopy.progress;

/** Files, and the bytes of their contents. */
public record Amount(long files, long bytes) {
  public static final Amount NONE = new Amount(0, 0);

  /** Both together. */
  public Amount plus(Amount other) {
    return new Amount(files + other.files, bytes + other.bytes);
  }

  /** This without {@code part}. */
  public Amount minus(Amount part) {
    return new Amount(files - part.files, bytes - part.bytes);
  }
}
