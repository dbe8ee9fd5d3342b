package io.codeploy.multicopy.compress;

import java.util.Optional;
import java.util.function.Predicate;

/** Whether what is pushed is compressed. */
public enum Compression {
  /** By the best that the node can undo, while that is faster than not to. */
  AUTO,
  /** By zstd, always. */
  ZSTD,
  /** By gzip, always. */
  GZIP,
  NONE;

  /**
   * What to compress with, if at all. A node that cannot undo what was asked for gets it as it is.
   *
   * @param has whether the node has a program
   */
  public Optional<Codec> codec(Predicate<String> has) {
    return switch (this) {
      case AUTO ->
          has.test("zstd")
              ? Optional.of(Codec.ZSTD)
              : Optional.of(Codec.GZIP).filter(codec -> has.test("gzip"));
      case ZSTD -> Optional.of(Codec.ZSTD).filter(codec -> has.test("zstd"));
      case GZIP -> Optional.of(Codec.GZIP).filter(codec -> has.test("gzip"));
      case NONE -> Optional.empty();
    };
  }

  /** Whether it is done even where it does not pay. */
  public boolean always() {
    return this == ZSTD || this == GZIP;
  }
}
