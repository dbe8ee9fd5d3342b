package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.source.ChangedException;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import java.io.IOException;
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
