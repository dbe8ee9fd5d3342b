package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.source.RawNames;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a source ends up, by the rule of {@code cp} and {@code scp}: in the destination under its
 * own name when that is a directory, else as the destination itself.
 */
record Placement(Path destination, boolean directory, boolean forFiles) {
  /**
   * Looks at {@code destination} once.
   *
   * @param forFiles whether a file may get this name: not where it was written with a slash at its
   *     end
   * @param sources how many there are; several need a directory
   */
  static Placement of(Path destination, boolean forFiles, int sources) throws IOException {
    boolean directory = Files.isDirectory(destination);
    if (!directory && sources > 1) {
      throw new FileSystemException(
          destination.toString(), null, "not a directory, and there are several sources");
    }
    return new Placement(destination, directory, forFiles);
  }

  /** The final path of {@code source}, which may belong to another file system. */
  Path of(Path source) throws IOException {
    if (!directory) {
      if (!forFiles && Files.isRegularFile(source)) {
        throw new FileSystemException(destination + "/", null, "no such directory");
      }
      return destination;
    }
    Path name = source.toAbsolutePath().normalize().getFileName();
    return name == null ? destination : RawNames.in(destination, name);
  }
}
