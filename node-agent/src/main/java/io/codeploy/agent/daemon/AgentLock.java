package io.codeploy.agent.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One agent a directory: a lock that ends with the process, however it ends. */
final class AgentLock implements Closeable {
  private final FileChannel file;

  private AgentLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the lock of {@code dir}.
   *
   * @throws IOException if another agent has it
   */
  static AgentLock take(Path dir) throws IOException {
    FileChannel file =
        FileChannel.open(
            dir.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!taken(file)) {
      file.close();
      throw new IOException(
          "an agent runs in " + dir + " already; stop it first or choose another directory");
    }
    return new AgentLock(file);
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
