package io.codeploy.multicopy.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
  @TempDir Path source;

  @Test
  void leavesOutWhatHasGoneSinceItsDirectoryWasRead() throws Exception {
    Files.createFile(source.resolve("z-stays"));
    AtomicBoolean listed = new AtomicBoolean();
    Thread churn = Thread.ofPlatform().start(() -> makeAndRemove(listed));
    try {
      for (int i = 0; i < 500; i++) {
        List<SourceEntry> entries =
            SourceTree.list(source, Exclusion.none(), Set.of()).orElseThrow().entries();
        assertEquals("z-stays", entries.getLast().name());
      }
    } finally {
      listed.set(true);
      churn.join();
    }
  }

  private void makeAndRemove(AtomicBoolean over) {
    try {
      while (!over.get()) {
        for (int i = 0; i < 20; i++) {
          Files.createFile(source.resolve("passing-" + i));
        }
        for (int i = 0; i < 20; i++) {
          Files.delete(source.resolve("passing-" + i));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
