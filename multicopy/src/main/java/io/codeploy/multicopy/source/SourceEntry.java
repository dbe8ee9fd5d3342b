package io.codeploy.multicopy.source;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file, directory or link of a source, as it was when the source was listed.
 *
 * @param name below the source, with slashes, in {@link Wire} form; empty for the source itself
 * @param seconds of the time of the last change, since 1970
 * @param nanos of that second
 * @param mode the nine permission bits, and {@link Detail#SPECIAL} ones where kept
 * @param link the text of a link in {@link Wire} form, else empty
 */
public record SourceEntry(
    String name, Path path, Kind kind, long size, long seconds, int nanos, int mode, String link) {
  /** What it is. Nothing else is copied. */
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  public SourceEntry {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(link, "link is null");
  }

  /** The time of the last change: the seconds, a point, and nine digits of the one that began. */
  public String time() {
    return seconds + "." + Integer.toString(1_000_000_000 + nanos).substring(1);
  }

  /**
   * That of the name, or of the path where the source itself has none: what the JVM makes for a
   * record takes all of it, and long.
   */
  @Override
  public int hashCode() {
    return name.isEmpty() ? path.hashCode() : name.hashCode();
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /** Whether it is a file. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }
}
