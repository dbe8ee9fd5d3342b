package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Extras;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.RawNames;
import io.codeploy.multicopy.source.Wire;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** One source and what is here of it. No link below the base directory is gone through. */
final class LocalTree {
  private final RemoteSource source;
  private final Path base;
  private final Path target;
  private final Selection selection;
  private final State[] states;
  private final int[] parents;
  private final Map<String, Integer> directories = new HashMap<>();

  /** Files whose contents only digests can tell apart. */
  private final BitSet open = new BitSet();

  private final Extras extras;

  /** Names of a file that has an earlier one, with the number of that. */
  private final Map<Integer, Integer> firsts;

  /** Which file is here in an entry's place, where that is of interest. */
  private final Map<Integer, String> inodes = new HashMap<>();

  /** What is here in an entry's place. */
  enum State {
    /** Nothing. */
    ABSENT,
    /** The same: size and time are equal, or the text of a link. */
    SAME,
    /** The same with another mode or time. */
    ATTRIBUTES,
    /** Something else, which is replaced. */
    CONTENT
  }

  private LocalTree(RemoteSource source, Path base, Path target, Selection selection) {
    this.source = source;
    this.selection = selection;
    this.extras = new Extras(source.name(), selection.exclusion());
    this.base = base;
    this.target = target;
    this.states = new State[source.entries().size()];
    this.parents = new int[states.length];
    this.firsts = selection.details().contains(Detail.LINKS) ? HardLinks.firsts(source) : Map.of();
  }

  /**
   * Compares {@code source} with what is at {@code target}, seen from {@code base}.
   *
   * @throws FileSystemException if there is something that is not ours to replace
   */
  static LocalTree of(RemoteSource source, Path base, Path target, Selection selection)
      throws IOException {
    LocalTree tree = new LocalTree(source, base, target, selection);
    boolean reached = isReached(base, target);
    for (int i = 0; i < tree.size(); i++) {
      RemoteEntry entry = tree.entry(i);
      String name = entry.name();
      tree.parents[i] = tree.directories.getOrDefault(Wire.parent(name), 0);
      if (entry.isDirectory()) {
        tree.directories.put(name, i);
      }
      boolean below = i == 0 ? reached : tree.states[tree.parents[i]] != State.ABSENT;
      tree.states[i] = below ? tree.look(i) : State.ABSENT;
    }
    return tree;
  }

  /** Whether the directory that {@code target} is in is there. */
  private static boolean isReached(Path base, Path target) throws IOException {
    for (int n = 1; n < target.getNameCount(); n++) {
      Path directory = base.resolve(target.subpath(0, n));
      Optional<Found> there = Attributes.of(directory);
      if (there.isEmpty()) {
        return false;
      }
      checkDirectory(there.get(), directory);
    }
    return true;
  }

  private static void checkDirectory(Found there, Path path) throws FileSystemException {
    if (there.kind() == Found.Kind.LINK) {
      throw new FileSystemException(
          path.toString(), null, "is a link here and a directory there; remove it first");
    }
    if (there.kind() != Found.Kind.DIRECTORY) {
      throw taken(path);
    }
  }

  private static FileSystemException taken(Path path) {
    return new FileSystemException(
        path.toString(), null, "exists and is not what is copied there; remove it first");
  }

  private State look(int index) throws IOException {
    Found wanted = entry(index).found();
    Optional<Found> there = Attributes.of(here(index), selection.details());
    if (there.isEmpty()) {
      return State.ABSENT;
    }
    there.get().identity().ifPresent(identity -> inodes.put(index, identity.inode()));
    if (selection.equality() == Selection.Equality.DIGEST && isOpen(wanted, there.get())) {
      open.set(index);
      return there.get().mode() == wanted.mode() && isSameTime(wanted, there.get())
          ? State.SAME
          : State.ATTRIBUTES;
    }
    return state(wanted, there.get(), here(index));
  }

  private static boolean isOpen(Found wanted, Found there) {
    return wanted.kind() == Found.Kind.FILE
        && there.kind() == Found.Kind.FILE
        && wanted.size() == there.size();
  }

  /** Ends it: what is not its owner's, or another file than it is to be, is different. */
  void settle(Optional<LocalOwners> owners) throws IOException {
    for (int i = 0; i < size(); i++) {
      if (states[i] == State.SAME || states[i] == State.ATTRIBUTES) {
        Integer first = firsts.get(i);
        if (first != null
            && (missing(first) || !Objects.equals(inodes.get(i), inodes.get(first)))) {
          states[i] = State.CONTENT;
        } else if (owners.isPresent() && !owners.get().isOf(entry(i).found(), here(i))) {
          states[i] = State.ATTRIBUTES;
        }
      }
    }
  }

  /** The earlier entry that is the same file, where that is kept. */
  OptionalInt first(int index) {
    Integer first = firsts.get(index);
    return first == null ? OptionalInt.empty() : OptionalInt.of(first);
  }

  /** Whether only digests can tell what this file is. */
  boolean isOpen(int index) {
    return open.get(index);
  }

  /** A file turned out to have another content than the node's. */
  void unlike(int index) {
    states[index] = State.CONTENT;
  }

  /** Finds what is here below the source's directory and the node has not. */
  void seekExtras() throws IOException {
    if (!entry(0).isDirectory() || states[0] == State.ABSENT) {
      return;
    }
    Set<String> names =
        source.entries().stream().map(RemoteEntry::name).collect(Collectors.toSet());
    new ExtrasWalk(names, extras).down(here(0), "");
  }

  /** What {@link #seekExtras} found. */
  Extras extras() {
    return extras;
  }

  /** The entry of this name that is a directory. */
  OptionalInt directory(String name) {
    Integer index = directories.get(name);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  private static State state(Found wanted, Found there, Path path) throws FileSystemException {
    if (wanted.kind() == Found.Kind.DIRECTORY) {
      checkDirectory(there, path);
      return there.mode() == wanted.mode() && isSameTime(wanted, there)
          ? State.SAME
          : State.ATTRIBUTES;
    }
    if (there.kind() != Found.Kind.FILE && there.kind() != Found.Kind.LINK) {
      throw taken(path);
    }
    if (wanted.kind() == Found.Kind.LINK) {
      return there.link().equals(wanted.link()) ? State.SAME : State.CONTENT;
    }
    if (!isSameContent(wanted, there)) {
      return State.CONTENT;
    }
    return there.mode() == wanted.mode() ? State.SAME : State.ATTRIBUTES;
  }

  /** Contents are taken to be equal where sizes and times are. */
  static boolean isSameContent(Found wanted, Found there) {
    return there.kind() == Found.Kind.FILE
        && there.size() == wanted.size()
        && isSameTime(wanted, there);
  }

  /** Where one side has whole seconds only there is no fraction. */
  static boolean isSameTime(Found wanted, Found there) {
    return wanted.seconds() == there.seconds()
        && (wanted.nanos() == there.nanos() || wanted.nanos() == 0 || there.nanos() == 0);
  }

  RemoteSource source() {
    return source;
  }

  int size() {
    return states.length;
  }

  RemoteEntry entry(int index) {
    return source.entries().get(index);
  }

  State state(int index) {
    return states[index];
  }

  /** Whether this has to come from the node. */
  boolean missing(int index) {
    return states[index] == State.ABSENT || states[index] == State.CONTENT;
  }

  /** The directory that this is in, among the entries; of the first, itself. */
  int parent(int index) {
    return parents[index];
  }

  /** Whether this is moved by itself: it is missing, and what it belongs into is not. */
  boolean isMoved(int index) {
    return missing(index) && (index == 0 || !missing(parents[index]));
  }

  /** Whether nothing is to be done. */
  boolean isSame() {
    if (!extras.removals().isEmpty()) {
      return false;
    }
    for (State state : states) {
      if (state != State.SAME) {
        return false;
      }
    }
    return true;
  }

  /** From the base directory. */
  Path target() {
    return target;
  }

  /** Where an entry is to be. */
  Path here(int index) {
    return base.resolve(path(index));
  }

  /** Where what is called {@code name} below the source is to be. */
  Path here(String name) {
    Path root = base.resolve(target);
    return name.isEmpty() ? root : root.resolve(RawNames.path(name));
  }

  /** The same as {@link #here(int)} from the base directory. */
  Path path(int index) {
    String name = entry(index).name();
    return name.isEmpty() ? target : target.resolve(RawNames.path(name));
  }
}
