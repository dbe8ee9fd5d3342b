package io.codeploy.cli.scan;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What to scan and how its content will travel.
 *
 * @param dir the tree's root
 * @param excludes patterns with gitignore syntax, relative to {@code dir}; they win over those of
 *     {@code .codeployignore} files
 * @param cacheDir of the operator, such as {@code ~/.cache/codeploy}; made when missing
 */
public record ScanRequest(Path dir, List<String> excludes, Delivery delivery, Path cacheDir) {
  public ScanRequest {
    Objects.requireNonNull(dir, "dir is null");
    Objects.requireNonNull(delivery, "delivery is null");
    Objects.requireNonNull(cacheDir, "cacheDir is null");
    excludes = List.copyOf(excludes);
  }
}
