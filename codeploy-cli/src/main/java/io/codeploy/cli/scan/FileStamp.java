package io.codeploy.cli.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What the file system tells of a file without reading it. Two equal stamps of a file mean equal
 * content, unless both times of the earlier one were younger than the file system's clock ticks.
 *
 * @param ctime when content or attributes last changed; unlike {@code mtime} nobody can set it
 */
record FileStamp(long size, Instant mtime, Instant ctime, long inode) {
  /** Longer than the coarsest timestamps in use, those of FAT. */
  private static final Duration RACY = Duration.ofSeconds(2);

  /** What {@link #from} needs, for {@link Files#readAttributes}. */
  static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,ino";

  /** The stamp of {@code file} itself, be it a link or not. */
  static FileStamp of(Path file) throws IOException {
    return from(Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
  }

  static FileStamp from(Map<String, Object> attributes) {
    return new FileStamp(
        number(attributes, "size"),
        instant(attributes, "lastModifiedTime"),
        instant(attributes, "ctime"),
        number(attributes, "ino"));
  }

  /**
   * Whether a write just after {@code scanStart} could leave the stamp as it is. A write sets both
   * times, so one old time is enough to exclude that.
   */
  boolean racy(Instant scanStart) {
    Instant limit = scanStart.minus(RACY);
    return !mtime.isBefore(limit) && !ctime.isBefore(limit);
  }

  private static long number(Map<String, Object> attributes, String name) {
    return ((Number) present(attributes, name)).longValue();
  }

  private static Instant instant(Map<String, Object> attributes, String name) {
    return SettableTime.of(((FileTime) present(attributes, name)).toInstant());
  }

  static Object present(Map<String, Object> attributes, String name) {
    Object value = attributes.get(name);
    if (value == null) {
      throw new IllegalStateException("the file system does not tell " + name);
    }
    return value;
  }
}
