package io.codeploy.agent.plan;

import io.codeploy.agent.plan.Change.Delete;
import io.codeploy.agent.plan.Change.Refuse;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.Manifest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What lies below the root and is not in the manifest; what is in a directory comes before it. */
final class Surplus {
  private final Path root;

  /** By path; a name that is not UTF-8 is equal to none of the manifest's. */
  private final Map<Path, Entry> wanted = new HashMap<>();

  private final List<Change> found = new ArrayList<>();

  Surplus(Path root, Manifest manifest) {
    this.root = root;
    Path empty = root.getFileSystem().getPath("");
    manifest.entries().forEach(entry -> wanted.put(empty.resolve(entry.path().value()), entry));
  }

  List<Change> find() throws IOException {
    if (OnDisk.at(root) instanceof OnDisk.Folder) {
      search(root, false);
    }
    return found;
  }

  private void search(Path directory, boolean all) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        Path relative = root.relativize(child);
        if (!relative.toString().equals(Planner.STAGE)) {
          look(child, relative, all);
        }
      }
    }
  }

  private void look(Path path, Path relative, boolean all) {
    try {
      Entry entry = all ? null : wanted.get(relative);
      boolean folder = OnDisk.at(path) instanceof OnDisk.Folder;
      // A directory where the manifest has a file: its plan says what becomes of all below it.
      if (folder && (entry == null || entry instanceof Directory)) {
        search(path, entry == null);
      }
      if (entry == null) {
        found.add(new Delete(relative, folder));
      }
    } catch (IOException e) {
      found.add(new Refuse(relative.toString(), IoProblem.reason(e)));
    }
  }
}
