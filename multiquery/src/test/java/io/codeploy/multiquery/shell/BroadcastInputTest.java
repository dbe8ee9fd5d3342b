package io.codeploy.multiquery.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastInputTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 3_000_017})
  void givesEveryReaderAllOfIt(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);

    try (BroadcastInput input = BroadcastInput.read(new ByteArrayInputStream(bytes), directory);
        InputStream one = input.open();
        InputStream two = input.open()) {
      assertEquals(length, input.length());
      assertArrayEquals(bytes, one.readAllBytes());
      assertArrayEquals(bytes, two.readAllBytes());
      assertEquals(List.of(), files(), "there is something to leave behind");
    }
  }

  @Test
  void leavesNoFileWhenItCannotBeReadToItsEnd() throws IOException {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[2 * MEBIBYTE]),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("torn");
              }

              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("torn");
              }
            });

    assertThrows(IOException.class, () -> BroadcastInput.read(broken, directory));

    assertEquals(List.of(), files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void saysWhatItIsThatCannotBeRead() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    IOException thrown =
        assertThrows(IOException.class, () -> BroadcastInput.read(closed, directory));
    assertEquals("standard input cannot be read: Stream closed", thrown.getMessage());
  }
}
