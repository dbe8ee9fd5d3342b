package io.codeploy.multiquery.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.Interruptible;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturedOutputTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path directory;

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(CapturedOutput output) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    output.copyTo(bytes);
    return bytes.toByteArray();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 3 * MEBIBYTE + 7})
  void keepsEveryByteOnEitherSideOfAMebibyte(int length) throws IOException {
    byte[] bytes = random(length);
    OutputSpace space = new OutputSpace(directory);
    try (CapturedOutput output = new CapturedOutput(space)) {
      for (int from = 0; from < length; from += 10_007) {
        output.write(bytes, from, Math.min(10_007, length - from));
      }

      assertEquals(length, output.length());
      assertArrayEquals(bytes, read(output));
      assertEquals(length > MEBIBYTE, space.diskBytes() > 0);
      assertEquals(List.of(), files(), "there is something to leave behind");
    }
    assertEquals(0, space.diskBytes());
  }

  @Test
  void keepsSingleBytes() throws IOException {
    try (CapturedOutput output = new CapturedOutput(new OutputSpace(directory))) {
      output.write(0);
      output.write(0xff);
      assertArrayEquals(new byte[] {0, -1}, read(output));
    }
  }

  @Test
  void isReadWhileItIsWritten() throws IOException {
    byte[] bytes = random(2 * MEBIBYTE);
    try (CapturedOutput output = new CapturedOutput(new OutputSpace(directory))) {
      for (int end = MEBIBYTE / 2; end <= bytes.length; end += MEBIBYTE / 2) {
        output.write(bytes, end - MEBIBYTE / 2, MEBIBYTE / 2);
        assertArrayEquals(Arrays.copyOf(bytes, end), read(output));
      }
    }
  }

  /** As when the user's Ctrl-C meets an answer that is being written or shown. */
  @Test
  void losesNothingInAnInterruptedThread() throws Exception {
    byte[] bytes = random(3 * MEBIBYTE);
    try (CapturedOutput output = new CapturedOutput(new OutputSpace(directory))) {
      var ended =
          Interruptible.start(
                  () -> {
                    Thread.currentThread().interrupt();
                    output.write(bytes, 0, 2 * MEBIBYTE);
                    output.write(bytes, 2 * MEBIBYTE, MEBIBYTE);
                    return read(output);
                  })
              .end();
      assertArrayEquals(bytes, ended.value());
      assertTrue(ended.interrupted());
    }
  }

  @Test
  void knowsWhetherItsLastLineIsWhole() throws IOException {
    try (CapturedOutput output = new CapturedOutput(new OutputSpace(directory))) {
      assertFalse(output.midLine());
      output.write("a\nb".getBytes(UTF_8));
      assertTrue(output.midLine());
      output.write(new byte[0]);
      assertTrue(output.midLine());
      output.write('\n');
      assertFalse(output.midLine());
    }
  }

  @Test
  void failsWhereTheTemporaryDirectoryIsMissing() throws IOException {
    try (CapturedOutput output =
        new CapturedOutput(new OutputSpace(directory.resolve("missing")))) {
      output.write(random(MEBIBYTE));
      assertThrows(IOException.class, () -> output.write(1));
      assertEquals(MEBIBYTE, output.length());
      assertArrayEquals(random(MEBIBYTE), read(output));
    }
  }

  private static CapturedOutput holding(OutputSpace space, byte[] bytes) throws IOException {
    CapturedOutput output = new CapturedOutput(space);
    output.write(bytes);
    return output;
  }

  @Test
  void comparesByBytesWhereverTheyAre() throws IOException {
    OutputSpace memory = new OutputSpace(directory);
    OutputSpace disk = new OutputSpace(directory, 10, 1000);
    byte[] bytes = random(200_000);
    byte[] other = bytes.clone();
    other[other.length - 1]++;
    try (CapturedOutput inMemory = holding(memory, bytes);
        CapturedOutput onDisk = holding(disk, bytes);
        CapturedOutput different = holding(disk, other);
        CapturedOutput shorter = holding(memory, Arrays.copyOf(bytes, bytes.length - 1))) {
      assertTrue(inMemory.sameBytes(onDisk));
      assertTrue(onDisk.sameBytes(inMemory));
      assertFalse(inMemory.sameBytes(different));
      assertFalse(inMemory.sameBytes(shorter));
    }
  }

  /** Two texts of one length and one CRC-32C: what differs is a multiple of its polynomial. */
  @Test
  void doesNotTakeAChecksumForTheBytes() throws IOException {
    OutputSpace space = new OutputSpace(directory);
    byte[] bytes = new byte[16];
    byte[] other = bytes.clone();
    // x^32 + the polynomial 0x1EDC6F41, bits in the order in which the checksum takes them.
    long reflected = Integer.toUnsignedLong(Integer.reverse(0x1EDC6F41)) << 1 | 1;
    for (int i = 0; i < 5; i++) {
      other[i] ^= (byte) (reflected >>> (8 * i));
    }
    try (CapturedOutput one = holding(space, bytes);
        CapturedOutput another = holding(space, other)) {
      assertEquals(one.checksum(), another.checksum(), "the test is one");
      assertFalse(one.sameBytes(another));
    }
  }

  @Test
  void goesToDiskWhenTheRunHasUsedItsMemory() throws IOException {
    OutputSpace space = new OutputSpace(directory, 100, 150);
    try (CapturedOutput first = holding(space, random(100));
        CapturedOutput second = holding(space, random(50))) {
      assertEquals(0, space.diskBytes());
      try (CapturedOutput third = holding(space, random(1))) {
        assertTrue(space.diskBytes() > 0);
        assertArrayEquals(random(1), read(third));
      }
      first.close();
      try (CapturedOutput fourth = holding(space, random(100))) {
        assertEquals(0, space.diskBytes(), "memory was not given back");
        assertArrayEquals(random(100), read(fourth));
      }
      assertArrayEquals(random(50), read(second));
    }
  }
}
