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
import java.util.Optional;

/** What lies below the root and is not in the manifest; what is in a directory comes before it. */
final class Surplus {
  /** What a byte that is not UTF-8 becomes in the text of a path. */
  private static final char REPLACEMENT = '\uFFFD';

  private final Path root;
  private final Map<String, Entry> wanted;
  private final Spared spared;
  private final List<Change> found = new ArrayList<>();

  Surplus(Path root, Manifest manifest, Spared spared) {
    this.root = root;
    this.spared = spared;
    this.wanted = HashMap.newHashMap(manifest.entries().size());
    manifest.entries().forEach(entry -> wanted.put(entry.path().value(), entry));
  }

  List<Change> find() throws IOException {
    if (OnDisk.at(root) instanceof OnDisk.Folder) {
      search(root, false);
    }
    return found;
  }

  /** Whether anything stays in {@code directory}. */
  private boolean search(Path directory, boolean all) throws IOException {
    boolean stays = false;
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        String relative = spared.relative(child);
        if (!relative.equals(Planner.STAGE)) {
          stays |= stays(child, relative, all ? Optional.empty() : wanted(child, relative));
        }
      }
    }
    return stays;
  }

  /** A name that is not UTF-8 is none of the manifest's, whatever its text is. */
  private Optional<Entry> wanted(Path path, String relative) {
    Optional<Entry> entry = Optional.ofNullable(wanted.get(relative));
    boolean doubtful = relative.indexOf(REPLACEMENT) >= 0;
    return doubtful ? entry.filter(e -> root.resolve(relative).equals(path)) : entry;
  }

  private boolean stays(Path path, String relative, Optional<Entry> entry) {
    if (entry.isPresent() && !(entry.get() instanceof Directory)) {
      // Were it a directory, the plan for that entry would say what becomes of all below it.
      return true;
    }
    try {
      boolean folder = OnDisk.at(path) instanceof OnDisk.Folder;
      if (spared.keeps(path, folder)) {
        return true;
      }
      boolean holds = folder && search(path, entry.isEmpty());
      if (entry.isPresent() || holds || spared.holdsPlace(path)) {
        return true;
      }
      found.add(new Delete(root.relativize(path), folder));
      return false;
    } catch (IOException e) {
      found.add(new Refuse(relative, IoProblem.reason(e)));
      return true;
    }
  }
}
