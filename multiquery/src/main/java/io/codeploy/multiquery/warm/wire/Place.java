package io.codeploy.multiquery.warm.wire;

import io.codeploy.multiquery.socket.LocalSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The private directory of the sockets. Whoever gets at one can log in to all nodes, so everything
 * here is looked at before it is believed.
 */
public final class Place {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> SOCKET =
      PosixFilePermissions.fromString("rw-------");
  private static final String LOCK = "lock";

  /** What every system takes for the path of a socket, less a slash and a fingerprint. */
  private static final int MOST_BYTES = 103 - 17;

  private final Path directory;
  private final UserPrincipal owner;

  private Place(Path directory, UserPrincipal owner) {
    this.directory = directory;
    this.owner = owner;
  }

  /**
   * Takes {@code directory}; makes it if it is not there.
   *
   * @param userName of the user of this process
   * @throws IOException if it is not private to that user; one line for people
   */
  public static Place in(Path directory, String userName) throws IOException {
    if (directory.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new IOException(
          directory
              + " is too long for the path of a socket; set XDG_RUNTIME_DIR to a shorter one");
    }
    UserPrincipal owner = user(userName);
    if (directory.getParent() != null) {
      Files.createDirectories(directory.getParent());
    }
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException e) {
      // What it is like is seen below.
    }
    PosixFileAttributes found = attributes(directory);
    if (!found.isDirectory() || !found.owner().equals(owner)) {
      throw new IOException(directory + " is not a directory of " + userName);
    }
    if (!found.permissions().equals(PRIVATE)) {
      throw new IOException(directory + " is not private; mend that with chmod 700");
    }
    return new Place(directory, owner);
  }

  private static UserPrincipal user(String name) throws IOException {
    try {
      return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException("this system knows no user " + name, e);
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Where the keeper of this name listens. */
  public Path socket(String name) {
    return directory.resolve(name);
  }

  /** A file to lock. */
  public Path lock() {
    return directory.resolve(LOCK);
  }

  /** All that may be sockets of keepers. */
  public List<Path> sockets() throws IOException {
    List<Path> sockets = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (attributes(entry).isOther()) {
          sockets.add(entry);
        }
      }
    }
    return sockets;
  }

  /** Takes it away from others. */
  public void protect(Path socket) throws IOException {
    Files.setPosixFilePermissions(socket, SOCKET);
  }

  /**
   * Throws unless {@code socket} is one of ours and nobody else's.
   *
   * @throws NoSuchFileException if there is none
   */
  public void checkSocket(Path socket) throws IOException {
    PosixFileAttributes found = attributes(socket);
    if (!found.isOther() || !found.owner().equals(owner)) {
      throw new IOException(socket + " is not a socket of this user");
    }
    if (!found.permissions().equals(SOCKET)) {
      throw new IOException(socket + " is not private");
    }
  }

  /** Throws unless the process at the other end belongs to this user. */
  public void checkPeer(LocalSocket socket) throws IOException {
    UserPrincipal peer = socket.peer();
    if (!peer.equals(owner)) {
      throw new IOException("the process at the other end belongs to " + peer.getName());
    }
  }
}
