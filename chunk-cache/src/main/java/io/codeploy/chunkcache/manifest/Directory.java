package io.codeploy.chunkcache.manifest;

import java.time.Instant;
import java.util.Objects;

/**
 * A directory, empty or not. The root itself is not an entry.
 *
 * @param mode permission bits, 0 .. 07777
 * @param mtime with nanoseconds
 */
public record Directory(RelativePath path, int mode, Instant mtime) implements Entry {
  public Directory {
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(mtime, "mtime is null");
    RegularFile.checkMode(path, mode);
  }
}
