package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.RawNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What is missing of some trees, on its way through a stage into its place. */
final class Arrival {
  /** A file from which on it is continued where it was cut off. */
  static final long LARGE_BYTES = 32 << 20;

  private final Path base;
  private final Stage stage;
  private final List<LocalTree> trees;
  private final Progress progress;
  private final Work work;
  private final Map<Path, Incoming> files = new HashMap<>();
  private final List<Incoming> inOrder = new ArrayList<>();
  private final Optional<LocalOwners> owners;

  /**
   * Nothing has come yet.
   *
   * @param owners to whom files are given, where that is kept
   */
  Arrival(
      Path base,
      Stage stage,
      List<LocalTree> trees,
      Progress progress,
      Work work,
      Optional<LocalOwners> owners) {
    this.owners = owners;
    this.work = work;
    this.base = base;
    this.stage = stage;
    this.trees = trees;
    this.progress = progress;
  }

  static boolean isLarge(Found file) {
    return file.size() >= LARGE_BYTES;
  }

  /**
   * Makes directories and links in the stage, and looks what an earlier run left of the files.
   *
   * @param resumes whether a part of a file is of use, since its digest will tell
   * @return all files that are to come
   */
  List<Incoming> prepare(boolean resumes) throws IOException {
    for (LocalTree tree : trees) {
      for (int i = 0; i < tree.size(); i++) {
        if (tree.missing(i) && tree.entry(i).isFile() && tree.first(i).isEmpty()) {
          Path staged = staged(tree, i);
          Incoming file =
              new Incoming(
                  tree.source().path(tree.entry(i)), tree.entry(i).found(), staged, progress);
          files.put(staged, file);
          inOrder.add(file);
        }
      }
    }
    Files.walkFileTree(stage.trees(), new Leftovers(resumes));
    long here = inOrder.stream().mapToLong(Incoming::written).sum();
    progress.plan(work.lacking(), new Amount(0, here), work.skipped());
    for (LocalTree tree : trees) {
      make(tree);
    }
    return inOrder;
  }

  private Path staged(LocalTree tree, int index) {
    return stage.trees().resolve(tree.path(index));
  }

  private void make(LocalTree tree) throws IOException {
    for (int i = 0; i < tree.size(); i++) {
      if (tree.missing(i)) {
        Path staged = staged(tree, i);
        RemoteEntry entry = tree.entry(i);
        if (tree.isMoved(i)) {
          Files.createDirectories(staged.getParent());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(staged);
        } else if (entry.isLink()) {
          RawNames.link(staged, entry.found().link().orElseThrow());
          progress.step();
        }
      }
    }
  }

  /** Removes from a stage that was taken over whatever is of no use. */
  private final class Leftovers extends SimpleFileVisitor<Path> {
    private final boolean resumes;

    Leftovers(boolean resumes) {
      this.resumes = resumes;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      Incoming file = files.get(path);
      Optional<Found> there = Attributes.of(path);
      if (file == null || there.isEmpty() || !isUseful(file.listed(), there.get())) {
        Files.delete(path);
      } else {
        file.resume(there.get().size());
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean isUseful(Found wanted, Found there) {
      if (there.kind() != Found.Kind.FILE) {
        return false;
      }
      boolean part = resumes && isLarge(wanted) && there.size() <= wanted.size();
      return part || LocalTree.isSameContent(wanted, there);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      try (var children = Files.newDirectoryStream(directory)) {
        if (!children.iterator().hasNext() && !directory.equals(stage.trees())) {
          Files.delete(directory);
        }
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /**
   * Moves everything that arrived into its place, removes what the node does not have and sets
   * modes and times.
   *
   * @param removes whether nothing kept anything from arriving
   */
  void settle(boolean removes) throws IOException {
    // Where a single source goes depends on what is there.
    progress.commit();
    for (LocalTree tree : trees) {
      boolean[] changed = new boolean[tree.size()];
      link(tree);
      give(tree);
      for (int i = 0; i < tree.size(); i++) {
        if (tree.isMoved(i) && Files.exists(staged(tree, i), LinkOption.NOFOLLOW_LINKS)) {
          open(tree, i, changed);
          Files.move(staged(tree, i), tree.here(i), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      if (removes) {
        remove(tree, changed);
      }
      setAttributes(tree, changed);
    }
  }

  /** Makes names of files that have others, if these arrived. */
  private void link(LocalTree tree) throws IOException {
    for (int i = 0; i < tree.size(); i++) {
      if (tree.missing(i) && tree.first(i).isPresent()) {
        int first = tree.first(i).getAsInt();
        Path file = tree.missing(first) ? staged(tree, first) : tree.here(first);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(staged(tree, i).getParent());
          Files.createLink(staged(tree, i), file);
        }
      }
    }
  }

  private void give(LocalTree tree) throws IOException {
    for (int i = 0; i < tree.size() && owners.isPresent(); i++) {
      Found found = tree.entry(i).found();
      if (tree.missing(i) && Files.exists(staged(tree, i), LinkOption.NOFOLLOW_LINKS)) {
        owners.get().give(staged(tree, i), found);
        if (tree.entry(i).isFile()) {
          Attributes.setMode(staged(tree, i), found.mode());
        }
      }
    }
  }

  private void remove(LocalTree tree, boolean[] changed) throws IOException {
    LocalRemoval removal = new LocalRemoval(base, tree.target(), tree.extras());
    for (String in : tree.extras().removals().keySet()) {
      OptionalInt directory = tree.directory(in);
      if (directory.isPresent()) {
        changed[directory.getAsInt()] = true;
        if (!Files.isWritable(tree.here(in))) {
          Attributes.setMode(tree.here(in), 0700);
        }
      }
      removal.from(in);
      progress.step();
    }
  }

  /** Makes sure that there is a directory for an entry to be moved into. */
  private void open(LocalTree tree, int index, boolean[] changed) throws IOException {
    if (index == 0) {
      Path parent = tree.target().getParent();
      Files.createDirectories(parent == null ? base : base.resolve(parent));
      return;
    }
    int parent = tree.parent(index);
    if (!changed[parent] && !Files.isWritable(tree.here(parent))) {
      Attributes.setMode(tree.here(parent), 0700);
    }
    changed[parent] = true;
  }

  /** The deepest first: what is set below changes the time above. */
  private void setAttributes(LocalTree tree, boolean[] changed) throws IOException {
    for (int i = tree.size() - 1; i >= 0; i--) {
      RemoteEntry entry = tree.entry(i);
      boolean different = tree.state(i) == LocalTree.State.ATTRIBUTES;
      if (different && owners.isPresent()) {
        owners.get().give(tree.here(i), entry.found());
      }
      if (entry.isDirectory() && (different || changed[i] || tree.missing(i))) {
        Attributes.set(tree.here(i), entry.found());
      } else if (entry.isFile() && different) {
        Attributes.set(tree.here(i), entry.found());
      }
    }
  }
}
