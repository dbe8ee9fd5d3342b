package io.codeploy.agent.apply;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An open directory. All names are single components; no method follows a link that has such a
 * name. Safe for use by many threads but for {@link #list}.
 */
sealed interface Folder extends Closeable permits SecureFolder, CheckedFolder {
  /** Opens {@code root}, a real path. Links above and at it were resolved by then. */
  @SuppressWarnings("StreamResourceLeak") // The folder closes it.
  static Folder open(Path root) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(root);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new SecureFolder(root, secure);
    }
    stream.close();
    return new CheckedFolder(root, root);
  }

  /** Where it was when it was opened. */
  Path path();

  /** The attributes of an entry; empty when there is none. */
  Optional<PosixFileAttributes> look(Path name) throws IOException;

  /**
   * Opens a directory in this one.
   *
   * @throws java.nio.file.NotDirectoryException if it is a link or anything else
   */
  Folder child(Path name) throws IOException;

  /** Opens a file in this one. */
  FileChannel file(Path name, Set<? extends OpenOption> options) throws IOException;

  /** The names in it; to be called once. */
  List<Path> list() throws IOException;

  /** Renames an entry of this one to one of {@code target}, replacing a file or link there. */
  void move(Path name, Folder target, Path targetName) throws IOException;

  /** Unlinks a file or link. */
  void deleteFile(Path name) throws IOException;

  /** Removes an empty directory. */
  void deleteDirectory(Path name) throws IOException;

  /** Sets the mtime of a file or directory. */
  void setMtime(Path name, Instant mtime) throws IOException;

  /** Sets the twelve mode bits of a file or directory. */
  void setMode(Path name, int mode) throws IOException;
}
