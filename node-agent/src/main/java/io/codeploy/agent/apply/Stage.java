package io.codeploy.agent.apply;

import io.codeploy.agent.plan.Planner;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The staging directory of a deployment, {@code REMOTEDIR/.codeploy-stage}, mode 0700: in the same
 * file system as what is replaced, so that a rename does it. Gone when closed; what a crash left is
 * removed before a new one is made. Files in it may be used by many threads.
 */
final class Stage implements Closeable {
  private static final Path NAME = Path.of(Planner.STAGE);

  private final Folder root;
  private final Folder folder;

  private Stage(Folder root, Folder folder) {
    this.root = root;
    this.folder = folder;
  }

  /** Makes the stage below {@code root}. */
  static Stage make(Folder root) throws IOException {
    removeLeftOver(root);
    Files.createDirectory(root.path().resolve(NAME), Modes.PRIVATE_DIRECTORY);
    return new Stage(root, root.child(NAME));
  }

  /** Removes what a deployment that did not end has left, unless another login did it. */
  static void removeLeftOver(Folder root) throws IOException {
    try {
      Removal.remove(root, NAME);
    } catch (AccessDeniedException e) {
      throw new IOException(
          NAME + " of another deployment cannot be removed; do that when none runs there", e);
    }
  }

  Folder folder() {
    return folder;
  }

  /** Opens a file of the stage, which is made if need be. */
  FileChannel open(Path name) throws IOException {
    return folder.file(
        name, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Makes an empty directory, mode 0700. The JDK has no such call relative to a descriptor. */
  void makeDirectory(Path name) throws IOException {
    Files.createDirectory(folder.path().resolve(name), Modes.PRIVATE_DIRECTORY);
  }

  /** Makes a symbolic link that holds exactly {@code target}. */
  void makeLink(Path name, String target) throws IOException {
    Path link = folder.path().resolve(name);
    Path asPath = Path.of(target);
    if (asPath.toString().equals(target)) {
      Files.createSymbolicLink(link, asPath);
    } else {
      // A Path has no trailing or double slash, but a link may: the text is kept as it is.
      PosixLn.link(link, target);
    }
  }

  @Override
  public void close() throws IOException {
    folder.close();
    removeLeftOver(root);
  }
}
