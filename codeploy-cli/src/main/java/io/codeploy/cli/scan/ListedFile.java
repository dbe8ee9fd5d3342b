package io.codeploy.cli.scan;

import io.codeploy.chunkcache.manifest.RelativePath;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * A regular file that somebody has listed.
 *
 * @param path in the manifest
 * @param file where it is
 * @param mode permission bits for the manifest
 * @param size as it was when it was listed, as is {@code mtime}
 */
public record ListedFile(RelativePath path, Path file, int mode, long size, Instant mtime) {
  public ListedFile {
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(file, "file is null");
    Objects.requireNonNull(mtime, "mtime is null");
  }
}
