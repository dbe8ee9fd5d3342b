package io.codeploy.agent.apply;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Says of a stage that a deployment is at work in it, for as long as its process lives: who took up
 * what another still writes would spoil it for both. A file of the stage, locked by fcntl(2).
 */
final class StageLock implements Closeable {
  static final Path NAME = Path.of("lock");

  private final FileChannel file;

  private StageLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Locks a stage that only this login may enter; empty where another deployment has, and where the
   * file system knows no locks, so that nobody can tell.
   */
  static Optional<StageLock> take(Folder folder) throws IOException {
    FileChannel file =
        folder.file(NAME, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    boolean locked = isLocked(file);
    if (!locked) {
      file.close();
    }
    return locked ? Optional.of(new StageLock(file)) : Optional.empty();
  }

  private static boolean isLocked(FileChannel file) {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException | IOException e) {
      // One of this very process, or there are no locks here.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
