package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.RawNames;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Modes and times of what is here, or of another file system. Links are never followed. */
final class Attributes {
  private static final int OWNER = 0600;
  private static final int PERMISSIONS = 0777;

  private static final String ALL = "rwxrwxrwx";

  private Attributes() {}

  /** What is at {@code path}, if anything, with its permission bits. */
  static Optional<Found> of(Path path) throws IOException {
    return of(path, Set.of());
  }

  /** The same with what else is kept, on a file system of here. */
  static Optional<Found> of(Path path, Set<Detail> details) throws IOException {
    PosixFileAttributes there;
    try {
      there = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Instant changed = there.lastModifiedTime().toInstant();
    Optional<String> link = Optional.empty();
    if (there.isSymbolicLink()) {
      link = Optional.of(linkText(path));
    }
    Map<String, Object> unix =
        details.isEmpty()
            ? Map.of()
            : Files.readAttributes(path, "unix:mode,uid,gid,dev,ino", LinkOption.NOFOLLOW_LINKS);
    return Optional.of(
        new Found(
            kind(there),
            unix.get("mode") instanceof Integer mode
                ? mode & Detail.modeMask(details)
                : bits(there.permissions()),
            there.isRegularFile() ? there.size() : 0,
            changed.getEpochSecond(),
            changed.getNano(),
            link,
            identity(unix)));
  }

  private static Optional<Found.Identity> identity(Map<String, Object> unix) {
    return unix.get("uid") instanceof Integer uid && unix.get("gid") instanceof Integer gid
        ? Optional.of(new Found.Identity(uid, gid, unix.get("dev") + ":" + unix.get("ino")))
        : Optional.empty();
  }

  private static Found.Kind kind(PosixFileAttributes there) {
    if (there.isSymbolicLink()) {
      return Found.Kind.LINK;
    }
    if (there.isDirectory()) {
      return Found.Kind.DIRECTORY;
    }
    return there.isRegularFile() ? Found.Kind.FILE : Found.Kind.OTHER;
  }

  /** By SFTP there are no bytes to be had of it. */
  private static String linkText(Path link) throws IOException {
    Path text = Files.readSymbolicLink(link);
    if (!RawNames.isText(text) && text.getFileSystem() != FileSystems.getDefault()) {
      throw new CharacterCodingException();
    }
    return RawNames.text(text);
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    // Nine letters or dashes, the owner's read permission first.
    for (char letter : PosixFilePermissions.toString(permissions).toCharArray()) {
      bits = (bits << 1) | (letter == '-' ? 0 : 1);
    }
    return bits;
  }

  /**
   * Gives a file or directory, which is no link, the mode and the time of {@code wanted}. Its owner
   * may read and write it meanwhile, without which a time cannot be set. Fractions of seconds
   * before 1970 are left out: Java makes 1970 of such a time.
   */
  static void set(Path path, Found wanted) throws IOException {
    setMode(path, wanted.mode() | OWNER);
    int nanos = wanted.seconds() < 0 ? 0 : wanted.nanos();
    Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(wanted.seconds(), nanos)));
    if ((wanted.mode() & OWNER) != OWNER) {
      setMode(path, wanted.mode());
    }
  }

  /** Sets the permission bits of what is no link, and any others that there are in {@code mode}. */
  static void setMode(Path path, int mode) throws IOException {
    if (mode > PERMISSIONS) {
      Files.setAttribute(path, "unix:mode", mode);
      return;
    }
    Files.setPosixFilePermissions(path, permissions(mode));
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    StringBuilder letters = new StringBuilder(ALL.length());
    for (int i = 0; i < ALL.length(); i++) {
      letters.append((mode & (0400 >> i)) == 0 ? '-' : ALL.charAt(i));
    }
    return PosixFilePermissions.fromString(letters.toString());
  }

  /** Makes a directory that nobody else may look into. */
  static void makePrivate(Path directory) throws IOException {
    Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(permissions(0700)));
  }
}
