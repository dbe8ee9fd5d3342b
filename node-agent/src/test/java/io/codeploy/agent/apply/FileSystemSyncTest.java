package io.codeploy.agent.apply;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemSyncTest {
  @TempDir Path dir;

  @BeforeEach
  void requireSync() {
    boolean there = Files.exists(Path.of("/usr/bin/sync")) || Files.exists(Path.of("/bin/sync"));
    assumeTrue(there && Files.exists(Path.of("/proc/self")), "needs Linux and its sync command");
  }

  @Test
  void syncsTheFileSystemOfADirectory() throws Exception {
    Files.writeString(dir.resolve("-f"), "content");

    assertTrue(FileSystemSync.sync(dir));
  }

  @Test
  void promisesNothingForADirectoryThatIsNotThere() throws Exception {
    assertFalse(FileSystemSync.sync(dir.resolve("none")));
  }

  @Test
  void staysInterrupted() {
    Thread.currentThread().interrupt();

    assertThrows(InterruptedIOException.class, () -> FileSystemSync.sync(dir));
    assertTrue(Thread.interrupted());
  }
}
