package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLockTest {
  private static final Path LOCKS = Path.of("/proc/locks");

  @TempDir Path directory;

  /** Whether this process has it for others, too: Java keeps a table of its own. */
  private boolean isHeld() throws IOException {
    String process = " " + ProcessHandle.current().pid() + " ";
    String file = ":" + Files.getAttribute(directory.resolve("agent.lock"), "unix:ino") + " ";
    return Files.readAllLines(LOCKS).stream()
        .anyMatch(line -> line.contains(process) && line.contains(file));
  }

  @Test
  void isOneForADirectory() throws IOException {
    AgentLock lock = AgentLock.take(directory);
    assertThrows(AgentRunsException.class, () -> AgentLock.take(directory));
    lock.close();

    AgentLock.take(directory).close();
  }

  @Test
  void looksUsedOnceTouched() throws IOException {
    FileTime old = FileTime.fromMillis(0);
    try (AgentLock lock = AgentLock.take(directory)) {
      Path file = directory.resolve("agent.lock");
      Files.setLastModifiedTime(file, old);
      long size = Files.size(file);
      lock.touch();

      assertTrue(Files.getLastModifiedTime(file).compareTo(old) > 0);
      assertEquals(size, Files.size(file));
    }
  }

  @Test
  void isHeldOnByWhoTouchesIt() throws IOException {
    try (AgentLock lock = AgentLock.take(directory)) {
      assumeTrue(Files.isReadable(LOCKS) && isHeld(), "locks cannot be seen on this machine");
      lock.touch();

      assertTrue(isHeld());
    }
  }

  @Test
  void isHeldOnByWhoTouchesItWhileInterrupted() throws IOException {
    try (AgentLock lock = AgentLock.take(directory)) {
      Thread.currentThread().interrupt();
      lock.touch();

      assertTrue(Thread.interrupted());
      assertThrows(AgentRunsException.class, () -> AgentLock.take(directory));
    }
  }
}
