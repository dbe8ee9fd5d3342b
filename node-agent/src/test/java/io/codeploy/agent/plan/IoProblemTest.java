package io.codeploy.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IoProblemTest {
  @ParameterizedTest
  @CsvSource({
    "No space left on device, free some",
    "Disk quota exceeded, free some",
    "Read-only file system, mount it writable",
    "Invalid cross-device link, exclude it here",
    "Device or resource busy, exclude it",
    "Operation not permitted, lsattr"
  })
  void saysWhatToDo(String reason, String remedy) {
    String line = IoProblem.line("a", new FileSystemException("/r/a", "/s/a", reason));

    assertTrue(line.startsWith("a: ") && line.contains(remedy), line);
  }

  @Test
  void isOneLine() {
    assertEquals("a: two lines", IoProblem.line("a", new IOException("two\nlines")));
    assertTrue(IoProblem.reason(new AccessDeniedException("/r/a")).contains("give the login"));
  }
}
