package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Extras;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.RawNames;
import io.codeploy.multicopy.source.Wire;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Removes what a node does not have from a directory here. Each directory is entered from the one
 * that it is in, and never by a link: what has become one meanwhile ends it. Of a directory that
 * goes only those names go that were found in it before.
 */
final class LocalRemoval {
  private final Path base;
  private final Path target;

  /** What goes, by the directory that it is in. */
  private final Map<String, Map<String, Found>> doomed = new LinkedHashMap<>();

  /**
   * @param target the directory, below {@code base}
   */
  LocalRemoval(Path base, Path target, Extras extras) {
    this.base = base;
    this.target = target;
    extras.eachDoomed(
        (name, found) ->
            doomed
                .computeIfAbsent(Wire.parent(name), in -> new LinkedHashMap<>())
                .put(name, found));
  }

  /** Removes what goes from the directory called {@code in}, which stays. */
  void from(String in) throws IOException {
    Path way = in.isEmpty() ? target : target.resolve(RawNames.path(in));
    try (DirectoryStream<Path> top = Files.newDirectoryStream(base)) {
      if (!(top instanceof SecureDirectoryStream<Path> secure)) {
        throw new IOException(base + ": links cannot be told apart here; remove by hand");
      }
      enter(secure, way, in);
    } catch (AccessDeniedException e) {
      throw new FileSystemException(base.resolve(way).toString(), null, "permission denied");
    } catch (FileSystemException e) {
      throw new FileSystemException(
          base.resolve(way).toString(), null, "changed meanwhile; copy again");
    }
  }

  private void enter(SecureDirectoryStream<Path> from, Path way, String in) throws IOException {
    try (SecureDirectoryStream<Path> here = from) {
      if (way.toString().isEmpty()) {
        clear(here, in);
        return;
      }
      Path rest = way.getNameCount() == 1 ? Path.of("") : way.subpath(1, way.getNameCount());
      enter(here.newDirectoryStream(way.getName(0), LinkOption.NOFOLLOW_LINKS), rest, in);
    }
  }

  private void clear(SecureDirectoryStream<Path> here, String in) throws IOException {
    for (Map.Entry<String, Found> name : doomed.getOrDefault(in, Map.of()).entrySet()) {
      try {
        remove(here, name.getKey(), name.getValue());
      } catch (NoSuchFileException e) {
        // Somebody else removed it.
      }
    }
  }

  private void remove(SecureDirectoryStream<Path> here, String name, Found found)
      throws IOException {
    Path last = RawNames.path(name.substring(name.lastIndexOf('/') + 1));
    if (found.kind() != Found.Kind.DIRECTORY) {
      here.deleteFile(last);
      return;
    }
    if ((found.mode() & 0700) != 0700) {
      here.getFileAttributeView(last, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(
              EnumSet.of(
                  PosixFilePermission.OWNER_READ,
                  PosixFilePermission.OWNER_WRITE,
                  PosixFilePermission.OWNER_EXECUTE));
    }
    enter(here.newDirectoryStream(last, LinkOption.NOFOLLOW_LINKS), Path.of(""), name);
    here.deleteDirectory(last);
  }
}
