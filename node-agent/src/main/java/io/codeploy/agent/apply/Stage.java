package io.codeploy.agent.apply;

import io.codeploy.agent.plan.Planner;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The staging directory of a deployment, {@code REMOTEDIR/.codeploy-stage}, mode 0700: in the same
 * file system as what is replaced, so that a rename does it. Gone when closed; of what a crash left
 * only what can be of use stays. Files in it may be used by many threads.
 */
final class Stage implements Closeable {
  private static final Path NAME = Path.of(Planner.STAGE);

  private static final Path PROBE = Path.of("probe");

  private final Folder root;
  private final Folder folder;
  private final Optional<StageLock> lock;
  private final Set<Path> left = new HashSet<>();

  private Stage(Folder root, Folder folder, Optional<StageLock> lock) {
    this.root = root;
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes the stage below {@code root}, or takes up the one there that this login has left. */
  static Stage make(Folder root) throws IOException {
    Optional<Stage> left = takeUp(root);
    if (left.isPresent()) {
      return left.get();
    }
    removeLeftOver(root);
    Files.createDirectory(root.path().resolve(NAME), Modes.PRIVATE_DIRECTORY);
    Folder folder = root.child(NAME);
    return new Stage(root, folder, StageLock.take(folder));
  }

  /** Empty where there is none, it is another's, or a deployment may be at work in it. */
  private static Optional<Stage> takeUp(Folder root) throws IOException {
    Optional<PosixFileAttributes> found = root.look(NAME).filter(Stage::isPrivateDirectory);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<StageLock> lock = Optional.empty();
    Folder folder = root.child(NAME);
    try {
      lock = isOurs(folder, found.get()) ? StageLock.take(folder) : lock;
      return lock.map(held -> new Stage(root, folder, Optional.of(held)));
    } catch (AccessDeniedException e) {
      return Optional.empty();
    } finally {
      if (lock.isEmpty()) {
        folder.close();
      }
    }
  }

  private static boolean isPrivateDirectory(PosixFileAttributes file) {
    return file.isDirectory() && Modes.bits(file.permissions()) == 0700;
  }

  /** Another's could change what is in it at any time, or be made of links to what is not his. */
  private static boolean isOurs(Folder folder, PosixFileAttributes stage) throws IOException {
    Removal.remove(folder, PROBE);
    folder.file(PROBE, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)).close();
    Optional<PosixFileAttributes> made = folder.look(PROBE);
    folder.deleteFile(PROBE);
    return made.map(probe -> probe.owner().equals(stage.owner())).orElse(false);
  }

  /**
   * Removes all that was left but regular files of these names; to be called once, before any of
   * them is opened.
   *
   * @return how long those are that stay; they take no more of the disk
   */
  long keepLeft(Set<Path> names) throws IOException {
    long bytes = 0;
    for (Path name : folder.list()) {
      Optional<PosixFileAttributes> file = folder.look(name).filter(f -> f.isRegularFile());
      if (file.isPresent() && names.contains(name)) {
        left.add(name);
        bytes += file.get().size();
      } else if (!name.equals(StageLock.NAME)) {
        Removal.remove(folder, name);
      }
    }
    return bytes;
  }

  /** Whether there is something of a file from a deployment that was cut off. */
  boolean hasLeft(Path name) {
    return left.contains(name);
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
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
