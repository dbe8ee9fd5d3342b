package io.codeploy.agent.apply;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolesTest {
  private static final int BLOCK = Holes.BLOCK_BYTES;

  @TempDir Path directory;

  @Test
  void writesPiecesOfAnySizeAndAnyZeros() throws IOException {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      byte[] content = spotted(random, 1 + random.nextInt(12 * BLOCK));
      Path file = directory.resolve("f" + seed);

      try (FileChannel channel = open(file)) {
        for (int at = 0; at < content.length; ) {
          int length = Math.min(content.length - at, 1 + random.nextInt(5 * BLOCK));
          ByteBuffer piece = ByteBuffer.wrap(content, at, length);
          Holes.write(channel, at, piece, content.length);
          assertFalse(piece.hasRemaining());
          at += length;
        }
      }

      assertArrayEquals(content, Files.readAllBytes(file), "seed " + seed);
    }
  }

  @Test
  void copiesAnyZeros() throws IOException {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      byte[] content = spotted(random, random.nextInt(12 * BLOCK));
      Path file = copy(content, content.length);

      assertArrayEquals(content, Files.readAllBytes(file), "seed " + seed);
    }
  }

  @Test
  void copiesNoMoreThanIsAskedForAndNoMoreThanThereIs() throws IOException {
    byte[] content = new byte[3 * BLOCK];
    Arrays.fill(content, (byte) 1);

    assertArrayEquals(Arrays.copyOf(content, 100), Files.readAllBytes(copy(content, 100)));
    assertArrayEquals(content, Files.readAllBytes(copy(content, 9L * BLOCK)));
  }

  @Test
  void leavesZerosOutOfTheDisk() throws Exception {
    Path probe = directory.resolve("probe");
    try (FileChannel channel = open(probe)) {
      channel.write(ByteBuffer.allocate(1), 64L * BLOCK);
    }
    assumeTrue(diskBytes(probe) < 8 * BLOCK, "this file system keeps no holes");
    byte[] content = new byte[64 * BLOCK + 1];
    content[10 * BLOCK] = 1;
    Path written = directory.resolve("written");
    try (FileChannel channel = open(written)) {
      Holes.write(channel, 0, ByteBuffer.wrap(content), content.length);
    }

    assertTrue(diskBytes(written) < 8 * BLOCK);
    assertTrue(diskBytes(copy(content, content.length)) < 8 * BLOCK);
    assertEquals(content.length, Files.size(written));
  }

  /** Runs of zeros and of other bytes, long and short ones. */
  private static byte[] spotted(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; ) {
      int run = Math.min(length - at, 1 + random.nextInt(3 * BLOCK));
      if (random.nextBoolean()) {
        Arrays.fill(bytes, at, at + run, (byte) 7);
      }
      at += run;
    }
    return bytes;
  }

  private Path copy(byte[] content, long size) throws IOException {
    Path source = Files.write(directory.resolve("source"), content);
    Path target = directory.resolve("target");
    Files.deleteIfExists(target);
    try (FileChannel from = FileChannel.open(source);
        FileChannel to = open(target)) {
      Holes.copy(from, to, size, ByteBuffer.allocateDirect(4 * BLOCK));
    }
    return target;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  private static long diskBytes(Path file) throws Exception {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    String blocks = new String(stat.getInputStream().readAllBytes(), US_ASCII).strip();
    assertEquals(0, stat.waitFor());
    return Long.parseLong(blocks) * 512;
  }
}
