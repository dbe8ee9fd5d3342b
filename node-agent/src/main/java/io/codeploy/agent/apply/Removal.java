package io.codeploy.agent.apply;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/** Removes an entry with all that is below it; links are unlinked, not followed. */
final class Removal {
  private Removal() {}

  /** Whether there was such an entry. */
  static boolean remove(Folder parent, Path name) throws IOException {
    Optional<PosixFileAttributes> found = parent.look(name);
    if (found.isEmpty()) {
      return false;
    }
    if (found.get().isDirectory()) {
      empty(parent, name, Modes.bits(found.get().permissions()));
      parent.deleteDirectory(name);
    } else {
      parent.deleteFile(name);
    }
    return true;
  }

  private static void empty(Folder parent, Path name, int mode) throws IOException {
    if ((mode & 0700) != 0700) {
      parent.setMode(name, 0700);
    }
    try (Folder folder = parent.child(name)) {
      for (Path child : folder.list()) {
        remove(folder, child);
      }
    }
  }
}
