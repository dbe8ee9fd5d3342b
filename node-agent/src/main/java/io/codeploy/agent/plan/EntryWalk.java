package io.codeploy.agent.plan;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.plan.Change.MakeDirectory;
import io.codeploy.agent.plan.Change.MakeLink;
import io.codeploy.agent.plan.Change.Prior;
import io.codeploy.agent.plan.Change.Refuse;
import io.codeploy.agent.plan.Change.SetAttributes;
import io.codeploy.agent.plan.Change.WriteFile;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.EntryFinder;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.manifest.Symlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the entries of a manifest with the disk, one after the other. A parent comes before what
 * is in it, so that nothing is ever looked up below a path that is not a directory on disk: a link
 * planted there is not followed.
 */
final class EntryWalk {
  private final Path root;
  private final DeployOptions options;
  private final FileComparison comparison;
  private final Spared spared;
  private final EntryFinder last;

  /** Directories that are to be made: nothing is below them yet. */
  private final Set<String> fresh = new HashSet<>();

  /** Directories that cannot be had: one error stands for all that is below. */
  private final Set<String> blocked = new HashSet<>();

  /** Files whose content is on disk where it belongs. */
  private final List<RegularFile> present = new ArrayList<>();

  private final List<Change> changes = new ArrayList<>();
  private int unchanged;

  EntryWalk(
      Path root,
      Optional<Manifest> last,
      DeployOptions options,
      FileComparison comparison,
      Spared spared) {
    this.root = root;
    this.spared = spared;
    this.last = EntryFinder.of(last);
    this.options = options;
    this.comparison = comparison;
  }

  int unchanged() {
    return unchanged;
  }

  void visit(Entry entry) {
    if (isIn(blocked, entry)) {
      block(entry);
    } else if (isStage(entry.path().value())) {
      refuse(entry, "this name is reserved; exclude it from the tree");
    } else {
      compare(entry, isIn(fresh, entry));
    }
  }

  /** The changes, with those files marked whose content lies elsewhere below the root. */
  List<Change> withLocalCopies() throws IOException {
    Set<Digest> needed =
        changes.stream()
            .filter(WriteFile.class::isInstance)
            .map(change -> ((WriteFile) change).file())
            .filter(file -> file.size() > 0)
            .map(RegularFile::digest)
            .collect(Collectors.toSet());
    Map<Digest, RelativePath> sources = comparison.untouchedOf(needed);
    present.stream()
        .filter(file -> needed.contains(file.digest()))
        .forEach(file -> sources.put(file.digest(), file.path()));
    return changes.stream().map(change -> withSource(change, sources)).toList();
  }

  private static Change withSource(Change change, Map<Digest, RelativePath> sources) {
    return change instanceof WriteFile write && write.file().size() > 0
        ? new WriteFile(
            write.file(), write.prior(), Optional.ofNullable(sources.get(write.file().digest())))
        : change;
  }

  private void compare(Entry entry, boolean parentIsFresh) {
    try {
      OnDisk disk =
          parentIsFresh ? new OnDisk.Absent() : OnDisk.at(root.resolve(entry.path().value()));
      switch (entry) {
        case Directory directory -> compareDirectory(directory, disk);
        case RegularFile file -> compareFile(file, disk);
        case Symlink link -> compareLink(link, disk);
      }
    } catch (IOException e) {
      refuse(entry, IoProblem.reason(e));
    }
  }

  private void compareDirectory(Directory entry, OnDisk disk) throws IOException {
    switch (disk) {
      case OnDisk.Folder folder ->
          keep(entry, folder.mode() == entry.mode() && folder.mtime().equals(entry.mtime()));
      case OnDisk.Absent absent -> makeDirectory(entry, Prior.NOTHING);
      case OnDisk.File file -> replace(entry, disk);
      case OnDisk.Link link -> replace(entry, disk);
      case OnDisk.Special special -> replace(entry, disk);
    }
  }

  private void compareFile(RegularFile entry, OnDisk disk) throws IOException {
    switch (disk) {
      case OnDisk.File file -> compareContent(entry, file);
      case OnDisk.Absent absent -> write(entry, Prior.NOTHING);
      case OnDisk.Link link -> write(entry, Prior.REPLACEABLE);
      case OnDisk.Folder folder -> replace(entry, disk);
      case OnDisk.Special special -> replace(entry, disk);
    }
  }

  private void compareContent(RegularFile entry, OnDisk.File file) throws IOException {
    boolean sameAttributes = file.mode() == entry.mode() && file.mtime().equals(entry.mtime());
    // What cannot be opened has its attributes from a new file in its place.
    boolean settable = sameAttributes || Files.isReadable(root.resolve(entry.path().value()));
    if (settable && comparison.sameContent(entry, file)) {
      present.add(entry);
      keep(entry, sameAttributes);
    } else {
      write(entry, Prior.REPLACEABLE);
    }
  }

  private void compareLink(Symlink entry, OnDisk disk) throws IOException {
    switch (disk) {
      case OnDisk.Link link -> compareTarget(entry, link);
      case OnDisk.File file -> changes.add(new MakeLink(entry, Prior.REPLACEABLE));
      case OnDisk.Absent absent -> changes.add(new MakeLink(entry, Prior.NOTHING));
      case OnDisk.Folder folder -> replace(entry, disk);
      case OnDisk.Special special -> replace(entry, disk);
    }
  }

  private void compareTarget(Symlink entry, OnDisk.Link link) {
    if (link.target().equals(entry.target())) {
      unchanged++;
    } else {
      changes.add(new MakeLink(entry, Prior.REPLACEABLE));
    }
  }

  private void keep(Entry entry, boolean sameAttributes) {
    if (sameAttributes) {
      unchanged++;
    } else {
      changes.add(new SetAttributes(entry));
    }
  }

  /** Something of another type is in the way. */
  private void replace(Entry entry, OnDisk disk) throws IOException {
    boolean ours = isOfLastDeployment(entry.path(), disk);
    if (!ours || !options.delete()) {
      refuse(entry, inTheWay(disk, entry, remedy(ours)));
      return;
    }
    Path place = root.resolve(entry.path().value());
    if (spared.holdsPlace(place)) {
      refuse(entry, "holds the agent or the keys in ~/.ssh, and is not removed; move one of them");
      return;
    }
    Optional<String> kept = spared.within(place);
    if (kept.isPresent()) {
      String remedy = kept.get() + " is excluded and not removed: move it on the node";
      refuse(entry, inTheWay(disk, entry, remedy));
      return;
    }
    switch (entry) {
      case Directory directory -> makeDirectory(directory, Prior.WRONG_TYPE);
      case RegularFile file -> write(file, Prior.WRONG_TYPE);
      case Symlink link -> changes.add(new MakeLink(link, Prior.WRONG_TYPE));
    }
  }

  private boolean isOfLastDeployment(RelativePath path, OnDisk disk) {
    Entry ours = last.find(path).orElse(null);
    return switch (disk) {
      case OnDisk.File file -> ours instanceof RegularFile;
      case OnDisk.Folder folder -> ours instanceof Directory;
      case OnDisk.Link link -> ours instanceof Symlink;
      case OnDisk.Absent absent -> false;
      case OnDisk.Special special -> false;
    };
  }

  private static String remedy(boolean ours) {
    return ours ? "deploy with --delete to replace it" : "remove it on the node";
  }

  private static String inTheWay(OnDisk disk, Entry entry, String remedy) {
    String wanted =
        switch (entry) {
          case Directory directory -> "a directory";
          case RegularFile file -> "a file";
          case Symlink link -> "a symbolic link";
        };
    return "is " + disk.kind() + " where " + wanted + " must be; " + remedy;
  }

  private void makeDirectory(Directory entry, Prior prior) {
    fresh.add(entry.path().value());
    changes.add(new MakeDirectory(entry, prior));
  }

  private void write(RegularFile entry, Prior prior) {
    changes.add(new WriteFile(entry, prior, Optional.empty()));
  }

  private void refuse(Entry entry, String reason) {
    block(entry);
    changes.add(new Refuse(entry.path().value(), reason));
  }

  private void block(Entry entry) {
    if (entry instanceof Directory) {
      blocked.add(entry.path().value());
    }
  }

  private static boolean isStage(String path) {
    return path.startsWith(Planner.STAGE)
        && (path.length() == Planner.STAGE.length() || path.charAt(Planner.STAGE.length()) == '/');
  }

  private static boolean isIn(Set<String> directories, Entry entry) {
    return !directories.isEmpty() && directories.contains(parent(entry.path()));
  }

  private static String parent(RelativePath path) {
    return path.value().substring(0, Math.max(0, path.value().lastIndexOf('/')));
  }
}
