package io.codeploy.agent.plan;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** What lies at a path; a symbolic link is looked at, never followed. */
public sealed interface OnDisk {
  /** Nothing. */
  record Absent() implements OnDisk {}

  /** A regular file. */
  record File(int mode, Instant mtime, long size) implements OnDisk {}

  /** A directory. */
  record Folder(int mode, Instant mtime) implements OnDisk {}

  /** A symbolic link with the text it holds. */
  record Link(String target) implements OnDisk {}

  /** A device, a socket, a named pipe. */
  record Special() implements OnDisk {}

  /** For messages, such as {@code a directory}. */
  default String kind() {
    return switch (this) {
      case Absent absent -> "nothing";
      case File file -> "a file";
      case Folder folder -> "a directory";
      case Link link -> "a symbolic link";
      case Special special -> "a device, socket or named pipe";
    };
  }

  /**
   * Looks at {@code path}. The mode has all twelve bits, which {@code PosixFileAttributes} has not.
   *
   * @throws IOException if something may be there but cannot be looked at
   */
  static OnDisk at(Path path) throws IOException {
    Map<String, Object> attributes;
    try {
      // No more than that, since each name costs as much as a part of the system call.
      attributes =
          Files.readAttributes(path, "unix:mode,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return new Absent();
    } catch (FileSystemException e) {
      // ENOTDIR has no exception class of its own: a parent is a file, so nothing is here.
      if ("Not a directory".equals(e.getReason())) {
        return new Absent();
      }
      throw e;
    }
    int typeAndMode = (Integer) value(attributes, "mode");
    int mode = typeAndMode & 07777;
    Instant mtime = ((FileTime) value(attributes, "lastModifiedTime")).toInstant();
    return switch (typeAndMode & FileType.MASK) {
      case FileType.LINK -> new Link(Files.readSymbolicLink(path).toString());
      case FileType.DIRECTORY -> new Folder(mode, mtime);
      case FileType.REGULAR -> new File(mode, mtime, (Long) value(attributes, "size"));
      default -> new Special();
    };
  }

  private static Object value(Map<String, Object> attributes, String name) {
    return Objects.requireNonNull(attributes.get(name), name);
  }
}
