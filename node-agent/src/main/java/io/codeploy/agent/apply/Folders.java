package io.codeploy.agent.apply;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The directories below a root, opened from the root downwards. Keeps those on the way to the last
 * one open, since paths come sorted. Used by one thread.
 */
final class Folders implements Closeable {
  private static final int OWNER_ALL = 0700;

  private final Folder root;
  private final List<Path> names = new ArrayList<>();
  private final Deque<Folder> open = new ArrayDeque<>();
  private final Set<Path> loosened = new HashSet<>();

  Folders(Path root) throws IOException {
    this.root = Folder.open(root);
  }

  Folder root() {
    return root;
  }

  /** Directories that {@link #toChange} made accessible to their owner, relative to the root. */
  Set<Path> loosened() {
    return loosened;
  }

  /** The directory that holds {@code path}, which is relative to the root. */
  Folder holding(Path path) throws IOException {
    return descend(path, false);
  }

  /**
   * The same, to change what is in it: read-only directories on the way are made accessible to
   * their owner. Not so the root, whose mode is the user's.
   */
  Folder toChange(Path path) throws IOException {
    return descend(path, true);
  }

  /**
   * Opens a regular file to read.
   *
   * @throws NoSuchFileException if there is none, but perhaps something else
   */
  FileChannel read(Path path) throws IOException {
    Folder folder = holding(path);
    // Looked at first, since opening a named pipe would wait for its other end.
    if (folder.look(path.getFileName()).filter(PosixFileAttributes::isRegularFile).isEmpty()) {
      throw new NoSuchFileException(path.toString());
    }
    return folder.file(path.getFileName(), Set.of(StandardOpenOption.READ));
  }

  private Folder descend(Path path, boolean loosen) throws IOException {
    int depth = path.getNameCount() - 1;
    int common = 0;
    while (common < depth
        && common < names.size()
        && names.get(common).equals(path.getName(common))) {
      common++;
    }
    closeDownTo(common);
    for (int i = common; i < depth; i++) {
      if (loosen) {
        loosen(path.subpath(0, i + 1));
      }
      enter(path.getName(i));
    }
    return top();
  }

  private void enter(Path name) throws IOException {
    open.push(top().child(name));
    names.add(name);
  }

  private void loosen(Path directory) throws IOException {
    Path name = directory.getFileName();
    PosixFileAttributes attributes =
        top().look(name).orElseThrow(() -> new NoSuchFileException(directory.toString()));
    int mode = Modes.bits(attributes.permissions());
    if (attributes.isDirectory() && (mode & OWNER_ALL) != OWNER_ALL) {
      top().setMode(name, mode | OWNER_ALL);
      loosened.add(directory);
    }
  }

  private Folder top() {
    return open.isEmpty() ? root : open.peek();
  }

  private void closeDownTo(int depth) throws IOException {
    while (names.size() > depth) {
      names.remove(names.size() - 1);
      open.pop().close();
    }
  }

  @Override
  public void close() throws IOException {
    closeDownTo(0);
    root.close();
  }
}
