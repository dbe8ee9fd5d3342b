package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.source.ChangedException;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInputTest {
  @TempDir Path directory;

  private SourceEntry listed(Path file) throws IOException {
    return SourceTree.list(file, Exclusion.none(), Set.of()).orElseThrow().root();
  }

  @Test
  void saysOfAFileThatIsGoneThatItChanged() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "content");
    SourceEntry entry = listed(file);
    Files.delete(file);

    ChangedException gone =
        assertThrows(ChangedException.class, () -> new FileInput(entry, 0).close());

    assertEquals(file + ": changed while it was sent; copy again", gone.getMessage());
  }

  @Test
  void saysOfAFileThatEndsBeforeWhereItIsContinuedThatItChanged() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "content");
    SourceEntry entry = listed(file);
    Files.writeString(file, "con");

    ChangedException shrunk =
        assertThrows(ChangedException.class, () -> new FileInput(entry, 5).close());

    assertEquals(file + ": changed while it was sent; copy again", shrunk.getMessage());
    assertFalse(isOpen(file));
  }

  @Test
  void namesWhatCannotBeContinuedAndClosesIt() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[1 << 20]);
    SourceEntry entry = listed(file);
    Files.delete(file);
    Files.createDirectory(file);

    IOException failed =
        assertThrows(IOException.class, () -> new FileInput(entry, 1 << 19).close());

    assertTrue(String.valueOf(failed.getMessage()).startsWith(file + ": "), failed.getMessage());
    assertFalse(isOpen(file));
  }

  /** Whether this process has it open. */
  private static boolean isOpen(Path file) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        if (Files.exists(one) && Files.isSameFile(one, file)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void namesWhatCannotBeRead() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "content");
    SourceEntry entry = listed(file);
    Files.delete(file);
    Files.createDirectory(file);

    try (FileInput input = new FileInput(entry, 0)) {
      IOException failed = assertThrows(IOException.class, input::readAllBytes);
      assertTrue(String.valueOf(failed.getMessage()).startsWith(file + ": "), failed.getMessage());
    }
  }
}
