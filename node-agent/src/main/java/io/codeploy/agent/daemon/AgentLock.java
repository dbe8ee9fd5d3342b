package io.codeploy.agent.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** One agent a directory: a lock that ends with the process, however it ends. */
final class AgentLock implements Closeable {
  private static final String NAME = "agent.lock";

  private final Path path;
  private final FileChannel file;

  /** Which file it is, whatever the name leads to later; empty where files have no such mark. */
  private final Optional<Object> key;

  private AgentLock(Path path, FileChannel file, Optional<Object> key) {
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
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

  /** Makes it look used, so that nobody who removes old files takes it for one. */
  void touch() throws IOException {
    file.write(ByteBuffer.allocate(1), 0);
  }

  private static Optional<Object> key(Path path) throws IOException {
    return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  private static boolean taken(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
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
