package io.codeploy.multicopy.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  private static final int BLOCK = Runs.BLOCK_BYTES;

  @TempDir Path directory;

  private Optional<Runs> runs(long size, long... written) throws IOException {
    Path path = directory.resolve("file");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
      for (long at : written) {
        file.seek(at);
        file.write(7);
      }
    }
    return Runs.of(SourceTree.list(path, Exclusion.none(), Set.of()).orElseThrow().root());
  }

  @Test
  void tellsWhichBlocksHaveSomething() throws IOException {
    Runs runs =
        runs(100L * BLOCK + 10, 0, 2L * BLOCK - 1, 50L * BLOCK, 100L * BLOCK + 9).orElseThrow();

    assertEquals(
        List.of(new Runs.Run(0, 2), new Runs.Run(50, 1), new Runs.Run(100, 1)), runs.from(0));
  }

  @Test
  void goesOnInTheBlockThatAPlaceIsIn() throws IOException {
    Runs runs = runs(100L * BLOCK, 0, BLOCK, 2L * BLOCK, 3L * BLOCK, 90L * BLOCK).orElseThrow();

    assertEquals(List.of(new Runs.Run(2, 2), new Runs.Run(90, 1)), runs.from(3L * BLOCK - 1));
    assertEquals(List.of(new Runs.Run(3, 1), new Runs.Run(90, 1)), runs.from(3L * BLOCK));
    assertEquals(List.of(new Runs.Run(90, 1)), runs.from(4L * BLOCK));
    assertEquals(List.of(), runs.from(100L * BLOCK));
  }

  @Test
  void aFileOfZerosHasNone() throws IOException {
    assertEquals(Optional.of(List.of()), runs(64L * BLOCK).map(runs -> runs.from(0)));
  }

  @Test
  void aFileThatHasSomethingAllOverIsNotReadForHoles() throws IOException {
    long[] all = new long[64 * BLOCK / 4096];
    for (int i = 0; i < all.length; i++) {
      all[i] = i * 4096L;
    }

    assertEquals(Optional.empty(), runs(64L * BLOCK, all));
    assertEquals(Optional.empty(), runs(100));
  }
}
