package io.codeploy.agent.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of a disk the chunk store may take. */
public sealed interface StoreQuota {
  /** So many bytes. */
  record Bytes(long bytes) implements StoreQuota {}

  /** A share of the file system that the store is in. */
  record Percent(int percent) implements StoreQuota {}

  /** Parses {@code BYTES}, or a whole number of {@code %} from 1 to 100. */
  static StoreQuota parse(String text) {
    Matcher percent = Pattern.compile("([0-9]{1,3})%").matcher(text);
    if (percent.matches()) {
      int value = Integer.parseInt(percent.group(1));
      if (value >= 1 && value <= 100) {
        return new Percent(value);
      }
    } else if (text.matches("[1-9][0-9]{0,17}")) {
      return new Bytes(Long.parseLong(text));
    }
    throw new IllegalArgumentException("neither a number of bytes nor 1% .. 100%: " + text);
  }

  /**
   * The quota of a store in {@code directory}, at least one byte.
   *
   * @throws IOException where a share is wanted and the file system does not tell its size
   */
  default long bytes(Path directory) throws IOException {
    return switch (this) {
      case Bytes bytes -> bytes.bytes();
      case Percent percent -> Math.max(1, size(directory) / 100 * percent.percent());
    };
  }

  private static long size(Path directory) throws IOException {
    // Not by its FileStore, which must find a mount point and does not where the root is none.
    long size = directory.toFile().getTotalSpace();
    if (size == 0) {
      throw new IOException(
          "the file system of " + directory + " does not tell its size; look at it with df");
    }
    return size;
  }
}
