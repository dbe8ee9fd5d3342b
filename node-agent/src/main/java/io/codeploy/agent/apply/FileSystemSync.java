package io.codeploy.agent.apply;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Linux' syncfs(2), which Java has no call for, through {@code sync -f} of coreutils or busybox.
 * For thousands of new files it takes a fraction of what as many fsyncs take.
 */
final class FileSystemSync {
  /** Elsewhere {@code sync} may return before the disk has it all. */
  private static final Path LINUX = Path.of("/proc/self/mountinfo");

  private FileSystemSync() {}

  /** Whether the disk keeps all that was written to the file system of {@code dir} until now. */
  static boolean sync(Path dir) throws InterruptedIOException {
    if (!Files.exists(LINUX)) {
      return false;
    }
    Process sync;
    try {
      sync =
          new ProcessBuilder("sync", "-f", "--", dir.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return false; // There is no such command here.
    }
    try {
      return sync.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the disk was told to keep it all");
    } finally {
      sync.destroy();
    }
  }
}
