package io.codeploy.multiquery.spill;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multiquery.testing.Interruptible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
  private static final int BLOCK = SpillFile.BLOCK_BYTES;

  @TempDir Path directory;

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(Spill spill) throws IOException {
    try (InputStream in = spill.open()) {
      return in.readAllBytes();
    }
  }

  @Test
  void givesBackWhatSeveralPutIntoOneFile() throws IOException {
    SpillFile file = new SpillFile(directory);
    byte[] bytes = random(3 * BLOCK + 1);
    byte[] others = random(2 * BLOCK);
    try (Spill one = new Spill(file);
        Spill another = new Spill(file)) {
      for (int from = 0; from < bytes.length; from += 10_007) {
        one.append(bytes, from, Math.min(10_007, bytes.length - from));
        if (from + 10_007 <= others.length) {
          another.append(others, from, 10_007);
        }
      }

      assertArrayEquals(bytes, read(one));
      assertEquals(bytes.length, one.length());
      int length = (int) another.length();
      assertArrayEquals(Arrays.copyOf(others, length), read(another));
    }
    assertEquals(0, file.takenBytes());
  }

  @Test
  void usesSpaceAgain() throws IOException {
    SpillFile file = new SpillFile(directory);
    try (Spill first = new Spill(file);
        Spill second = new Spill(file)) {
      first.append(random(2 * BLOCK), 0, 2 * BLOCK);
      second.append(random(5), 0, 5);
      first.close();

      assertEquals(0, file.take());
      assertEquals(1, file.take());
      assertEquals(3, file.take());
      assertArrayEquals(random(5), read(second));
    }
  }

  @Test
  void isReadAsItWasWhenItWasOpened() throws IOException {
    try (Spill spill = new Spill(new SpillFile(directory))) {
      spill.append(random(10), 0, 10);
      InputStream in = spill.open();
      spill.append(random(20), 0, 20);

      assertArrayEquals(random(10), in.readAllBytes());
      assertEquals(-1, in.read());
    }
  }

  @Test
  void aReaderThatIsInterruptedHarmsNoOther() throws Exception {
    byte[] bytes = random(2 * BLOCK);
    try (Spill spill = new Spill(new SpillFile(directory))) {
      spill.append(bytes, 0, bytes.length);
      var ended =
          Interruptible.start(
                  () -> {
                    Thread.currentThread().interrupt();
                    return read(spill);
                  })
              .end();

      assertArrayEquals(bytes, ended.value());
      assertArrayEquals(bytes, read(spill));
    }
  }

  @Test
  void keepsWhatItHeldWhereNoMoreCanBeWritten() throws IOException {
    try (Spill spill = new Spill(new SpillFile(directory.resolve("missing")))) {
      assertThrows(IOException.class, () -> spill.append(random(5), 0, 5));
      assertEquals(0, spill.length());
      assertArrayEquals(new byte[0], read(spill));
    }
  }
}
