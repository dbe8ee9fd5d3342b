package io.codeploy.agent.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** One agent a directory: a lock that ends with the process, however it ends. */
final class AgentLock implements Closeable {
  private static final String NAME = "agent.lock";

  private final Path path;
  private final RandomAccessFile file;

  /** Which file it is, whatever the name leads to later; empty where files have no such mark. */
  private final Optional<Object> key;

  private AgentLock(Path path, RandomAccessFile file, Optional<Object> key) {
    this.path = path;
    this.file = file;
    this.key = key;
  }

  /**
   * Takes the lock of {@code dir}.
   *
   * @throws AgentRunsException if another agent has it
   */
  static AgentLock take(Path dir) throws IOException {
    Path path = dir.resolve(NAME);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      if (!taken(file)) {
        throw new AgentRunsException(dir);
      }
      AgentLock lock = new AgentLock(path, file, key(path));
      lock.touch();
      return lock;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Whether the directory is still that of whoever has the lock. Not so once somebody has removed
   * or moved it, where the next agent may have one of the same name.
   */
  boolean stands() throws IOException {
    try {
      return key(path).equals(key);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Makes it look used, so that nobody who removes old files takes it for one. On no other way than
   * this: a channel that writes while its thread is interrupted closes the file, and to set its
   * time by its name opens and closes it once more; either gives up the lock.
   */
  void touch() throws IOException {
    file.seek(0);
    file.write(0);
  }

  private static Optional<Object> key(Path path) throws IOException {
    return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  private static boolean taken(RandomAccessFile file) throws IOException {
    try {
      FileLock lock = file.getChannel().tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Another agent in this very process, as in tests.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
