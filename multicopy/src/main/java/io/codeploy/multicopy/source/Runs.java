package io.codeploy.multicopy.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a file has something other than zeros, in whole blocks. Java cannot ask for holes, so that
 * a file is read for them; but only if zeros are found in many of the places that are looked at
 * first, which a file without holes hardly ever has.
 */
public final class Runs {
  /** What is looked at as a whole, and sent as a whole. */
  public static final int BLOCK_BYTES = 64 << 10;

  private static final int SAMPLES = 64;
  private static final int SAMPLE_BYTES = 4 << 10;

  /** A file is read for holes if this many samples are zeros. */
  private static final int ENOUGH = SAMPLES / 8;

  private static final byte[] ZEROS = new byte[BLOCK_BYTES];

  private final List<Run> runs;

  /**
   * Blocks in a row.
   *
   * @param first the number of the first of them
   */
  public record Run(long first, long count) {}

  private Runs(List<Run> runs) {
    this.runs = List.copyOf(runs);
  }

  /** Those of {@code file}; empty if it seems to have few holes or none. */
  static Optional<Runs> of(SourceEntry file) throws IOException {
    return seemsSparse(file) ? Optional.of(read(file)) : Optional.empty();
  }

  private static boolean seemsSparse(SourceEntry file) throws IOException {
    byte[] sample = new byte[SAMPLE_BYTES];
    long step = file.size() / SAMPLES;
    if (step <= SAMPLE_BYTES) {
      return false;
    }
    int zeros = 0;
    try (InputStream in = Files.newInputStream(file.path())) {
      for (int i = 0; i < SAMPLES; i++) {
        int n = in.readNBytes(sample, 0, sample.length);
        zeros += isZero(sample, n) ? 1 : 0;
        in.skip(step - n);
      }
    }
    return zeros >= ENOUGH;
  }

  private static Runs read(SourceEntry file) throws IOException {
    List<Run> runs = new ArrayList<>();
    byte[] block = new byte[BLOCK_BYTES];
    long first = -1;
    long number = 0;
    try (InputStream in = Files.newInputStream(file.path())) {
      for (int n = in.readNBytes(block, 0, BLOCK_BYTES);
          n > 0;
          n = in.readNBytes(block, 0, BLOCK_BYTES)) {
        boolean zero = isZero(block, n);
        if (!zero && first < 0) {
          first = number;
        } else if (zero && first >= 0) {
          runs.add(new Run(first, number - first));
          first = -1;
        }
        number++;
      }
    }
    if (first >= 0) {
      runs.add(new Run(first, number - first));
    }
    return new Runs(runs);
  }

  private static boolean isZero(byte[] bytes, int length) {
    return Arrays.equals(bytes, 0, length, ZEROS, 0, length);
  }

  /** What is at {@code byteOffset} and behind it; the block that it is in is whole. */
  public List<Run> from(long byteOffset) {
    long block = byteOffset / BLOCK_BYTES;
    return runs.stream()
        .filter(run -> run.first() + run.count() > block)
        .map(
            run -> {
              long first = Math.max(run.first(), block);
              return new Run(first, run.first() + run.count() - first);
            })
        .toList();
  }
}
