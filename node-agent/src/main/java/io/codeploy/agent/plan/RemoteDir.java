package io.codeploy.agent.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A remote directory as it was asked for and as it is.
 *
 * @param path absolute, for records and messages
 * @param root where the tree goes: links at and above it are resolved; need not exist
 */
public record RemoteDir(Path path, Path root) {

  /**
   * The directory that {@code text} names, relative to {@code home} unless absolute. It may be a
   * link to a directory, as it is the login's own choice.
   *
   * @throws IOException if it cannot be a directory; the message is one line with path and remedy
   */
  public static RemoteDir of(Path home, String text) throws IOException {
    Path path;
    try {
      path = home.resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IOException("not a path: " + e.getReason() + "; choose another directory", e);
    }
    if (path.getNameCount() == 0 || text.isEmpty()) {
      throw new IOException(path + ": is not replaced as a whole; name a directory below it");
    }
    return new RemoteDir(path, resolve(path));
  }

  private static Path resolve(Path path) throws IOException {
    return switch (OnDisk.at(path)) {
      case OnDisk.Folder folder -> path.toRealPath();
      case OnDisk.Absent absent -> resolveParent(path);
      case OnDisk.Link link -> resolveLink(path, link);
      case OnDisk.File file -> throw inTheWay(path, file);
      case OnDisk.Special special -> throw inTheWay(path, special);
    };
  }

  private static Path resolveLink(Path path, OnDisk.Link link) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new IOException(
          path + ": is a link to " + link.target() + ", no directory; remove it on the node");
    }
    return path.toRealPath();
  }

  private static Path resolveParent(Path path) throws IOException {
    Path parent = path.getParent();
    Path name = path.getFileName();
    if (parent == null || name == null) {
      return path;
    }
    return Files.isDirectory(parent)
        ? parent.toRealPath().resolve(name)
        : resolve(parent).resolve(name);
  }

  private static IOException inTheWay(Path path, OnDisk disk) {
    return new IOException(
        path + ": is " + disk.kind() + ", no directory; remove it on the node or choose another");
  }
}
