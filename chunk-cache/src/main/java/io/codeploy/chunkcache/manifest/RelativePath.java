package io.codeploy.chunkcache.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
    // Hundreds of thousands are made at a time: nothing is split that need not be.
    int start = 0;
    for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', start)) {
      checkName(value, start, slash);
      start = slash + 1;
    }
    checkName(value, start, value.length());
    if (value.indexOf('\0') >= 0) {
      throw notBelow(value);
    }
  }

  private static void checkName(String value, int start, int end) {
    int length = end - start;
    boolean dots = length <= 2 && value.startsWith("..".substring(0, length), start);
    if (dots) {
      throw notBelow(value);
    }
    // A char takes three bytes at most.
    if (3 * length > MAX_NAME_BYTES && Utf8.length(value.substring(start, end)) > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("name longer than 255 bytes: " + value);
    }
  }

  private static IllegalArgumentException notBelow(String value) {
    return new IllegalArgumentException("not a path below the root of a tree: " + value);
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

  /** By hand, as is {@link #hashCode}: what records have costs several times as much. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RelativePath path && value.equals(path.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
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
