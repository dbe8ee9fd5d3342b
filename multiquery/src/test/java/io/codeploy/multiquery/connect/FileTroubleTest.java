package io.codeploy.multiquery.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {
  @TempDir Path directory;

  @Test
  void saysWhatTheJdkSaysByTheClassAlone() throws IOException {
    Path missing = directory.resolve("a/b");
    IOException thrown = assertThrows(IOException.class, () -> Files.createDirectory(missing));
    assertEquals(missing + ": there is no such file or directory", FileTrouble.text(thrown));
    assertEquals("there is no such file or directory", FileTrouble.reason(thrown));

    Path file = Files.createFile(directory.resolve("file"));
    IOException there = assertThrows(IOException.class, () -> Files.createDirectories(file));
    assertEquals(file + ": it is there already", FileTrouble.text(there));
  }

  @Test
  void leavesOtherWordsAlone() {
    assertEquals("lost", FileTrouble.text(new IOException("lost")));
    assertEquals(
        "/f -> /g: Not a directory",
        FileTrouble.text(new FileSystemException("/f", "/g", "Not a directory")));
  }
}
