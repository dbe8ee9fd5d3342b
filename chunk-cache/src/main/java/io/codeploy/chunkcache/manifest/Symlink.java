package io.codeploy.chunkcache.manifest;

import java.util.Objects;

/**
 * A symbolic link.
 *
 * @param target the text of the link, as it is: 1 .. 4,095 bytes of UTF-8, no NUL, never followed
 */
public record Symlink(RelativePath path, String target) implements Entry {
  static final int MAX_TARGET_BYTES = 4095;

  public Symlink {
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(target, "target is null");
    if (target.isEmpty() || target.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(path + ": not a link's target: " + target);
    }
    if (Utf8.length(target) > MAX_TARGET_BYTES) {
      throw new IllegalArgumentException(path + ": link's target longer than 4,095 bytes");
    }
  }
}
