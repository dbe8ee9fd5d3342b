package io.codeploy.chunkcache.manifest;

import java.util.List;

/**
 * A path below the root of a tree that cannot leave it: one or more names joined by {@code /}, none
 * of them empty, {@code .}, or {@code ..}, no NUL, at most 255 bytes of UTF-8 a name and 4,095 in
 * all. Ordered by its UTF-8 bytes, which is the order of a manifest.
 */
public record RelativePath(String value) implements Comparable<RelativePath> {
  static final int MAX_PATH_BYTES = 4095;
  private static final int MAX_NAME_BYTES = 255;

  /**
   * @throws IllegalArgumentException if {@code value} is not such a path; the message quotes it
   */
  public RelativePath {
    if (Utf8.length(value) > MAX_PATH_BYTES) {
      throw new IllegalArgumentException("path longer than 4,095 bytes: " + value);
    }
    for (String name : value.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("not a path below the root of a tree: " + value);
      }
      if (Utf8.length(name) > MAX_NAME_BYTES) {
        throw new IllegalArgumentException("name longer than 255 bytes: " + value);
      }
    }
  }

  /** The names from the root downwards; at least one. */
  public List<String> names() {
    return List.of(value.split("/"));
  }

  /** The last name. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The path of the entry {@code name} in this directory. */
  public RelativePath child(String name) {
    return new RelativePath(value + "/" + name);
  }

  @Override
  public int compareTo(RelativePath other) {
    return Utf8.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
