package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Wire;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One source and what is here of it. No link below the base directory is gone through. */
final class LocalTree {
  private final RemoteSource source;
  private final Path base;
  private final Path target;
  private final State[] states;
  private final int[] parents;

  /** What is here in an entry's place. */
  enum State {
    /** Nothing. */
    ABSENT,
    /** The same: size and time are equal, or the text of a link. */
    SAME,
    /** The same with another mode, or a directory with another time. */
    ATTRIBUTES,
    /** Something else, which is replaced. */
    CONTENT
  }

  private LocalTree(RemoteSource source, Path base, Path target) {
    this.source = source;
    this.base = base;
    this.target = target;
    this.states = new State[source.entries().size()];
    this.parents = new int[states.length];
  }

  /**
   * Compares {@code source} with what is at {@code target}, seen from {@code base}.
   *
   * @throws FileSystemException if there is something that is not ours to replace
   */
  static LocalTree of(RemoteSource source, Path base, Path target) throws IOException {
    LocalTree tree = new LocalTree(source, base, target);
    Map<String, Integer> directories = new HashMap<>();
    boolean reached = isReached(base, target);
    for (int i = 0; i < tree.size(); i++) {
      RemoteEntry entry = tree.entry(i);
      String name = entry.name();
      tree.parents[i] =
          directories.getOrDefault(name.substring(0, Math.max(0, name.lastIndexOf('/'))), 0);
      if (entry.isDirectory()) {
        directories.put(name, i);
      }
      boolean below = i == 0 ? reached : tree.states[tree.parents[i]] != State.ABSENT;
      tree.states[i] = below ? state(entry.found(), tree.here(i)) : State.ABSENT;
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

  private static State state(Found wanted, Path path) throws IOException {
    Optional<Found> there = Attributes.of(path);
    return there.isEmpty() ? State.ABSENT : state(wanted, there.get(), path);
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
  private static boolean isSameTime(Found wanted, Found there) {
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

  boolean isSame() {
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

  /** The same from the base directory. */
  Path path(int index) {
    String name = entry(index).name();
    return name.isEmpty() ? target : target.resolve(Wire.text(name));
  }
}
