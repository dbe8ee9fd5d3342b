package io.codeploy.agent.apply;

import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Manifest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * Gives directories that were touched the mode and mtime of the manifest, when all else is done and
 * deepest first: a change in a directory alters its mtime, and a read-only one lets nobody in.
 */
final class DirectoryAttributes {
  private final Folders folders;
  private final Problems problems;

  DirectoryAttributes(Folders folders, Problems problems) {
    this.folders = folders;
    this.problems = problems;
  }

  void set(Manifest manifest, Set<Path> touched) throws IOException {
    List<Directory> directories =
        manifest.entries().stream()
            .filter(Directory.class::isInstance)
            .map(Directory.class::cast)
            .filter(directory -> touched.contains(Path.of(directory.path().value())))
            .toList();
    for (Directory directory : directories.reversed()) {
      try {
        set(directory);
      } catch (NoSuchFileException e) {
        // It could not be made, of which was told.
      } catch (IOException e) {
        Interruption.rethrow(e);
        problems.add(directory.path().value(), e);
      }
    }
  }

  private void set(Directory directory) throws IOException {
    Path path = Path.of(directory.path().value());
    Path name = path.getFileName();
    Folder parent = folders.holding(path);
    PosixFileAttributes now =
        parent.look(name).orElseThrow(() -> new NoSuchFileException(path.toString()));
    if (!now.lastModifiedTime().toInstant().equals(directory.mtime())) {
      parent.setMtime(name, directory.mtime());
    }
    // Always, since the nine bits that can be seen here do not tell of the other three.
    parent.setMode(name, directory.mode());
  }
}
