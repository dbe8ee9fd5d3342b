package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Extras;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.RawNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Goes down a directory here, through no link, and tells of all that its source does not have.
 *
 * @param names that the source has, in wire form
 */
record ExtrasWalk(Set<String> names, Extras extras) {
  /**
   * Tells of what is in {@code directory}.
   *
   * @param prefix of the names in it: empty, or with a slash at its end
   */
  void down(Path directory, String prefix) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        String name = prefix + RawNames.last(child);
        Optional<Found> found = Attributes.of(child);
        if (found.isPresent()
            && (names.contains(name) || extras.found(name, found.get()))
            && found.get().kind() == Found.Kind.DIRECTORY) {
          down(child, name + "/");
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
