package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.source.RawNames;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where sources end up here, by the rule of {@code cp} and {@code scp}: in the destination under
 * their own names when that is a directory, else a single one as the destination itself.
 *
 * @param base directory that takes them; made when something comes
 * @param name that a single source gets, instead of its own
 */
record Place(Path base, Optional<Path> name) {
  /**
   * Looks at {@code destination} once.
   *
   * @param gathers whether it has to be a directory, which then is made: there are several sources,
   *     or a pattern, which may match any number of files on any node, or the destination ends with
   *     a slash
   */
  static Place of(String destination, boolean gathers) throws IOException {
    Path path = Path.of(destination);
    if (Files.isDirectory(path)) {
      return new Place(path, Optional.empty());
    }
    boolean exists = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    if (gathers || destination.endsWith("/")) {
      if (exists) {
        throw new FileSystemException(destination, null, "not a directory");
      }
      return new Place(path, Optional.empty());
    }
    Path parent = path.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new FileSystemException(parent.toString(), null, "no such directory");
    }
    return new Place(parent == null ? Path.of("") : parent, Optional.of(path.getFileName()));
  }

  /** What {@code source} is called, from the base directory. */
  Path of(RemoteSource source) {
    return name.orElseGet(() -> RawNames.path(source.name()));
  }
}
