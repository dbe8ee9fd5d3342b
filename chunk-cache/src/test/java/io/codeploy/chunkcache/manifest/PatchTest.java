package io.codeploy.chunkcache.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatchTest {
  @Test
  void makesTheTargetAgainWhateverWasDoneToTheBase() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] base = bytes(random, random.nextInt(3000));
      byte[] target = edited(random, base);

      assertArrayEquals(target, read(patch(base, target), base, target.length), "seed " + seed);
    }
  }

  @Test
  void isAsLongAsWhatIsNew() {
    byte[] base = bytes(new Random(1), 1_000_000);
    byte[] target = new byte[base.length + 10];
    System.arraycopy(base, 0, target, 0, 500_000);
    System.arraycopy(base, 500_000, target, 500_010, 500_000);
    target[800_000] ^= 1;
    target[999_999] ^= 1;

    assertTrue(patch(base, target).length < 60);
    assertTrue(patch(base, base).length < 10);
  }

  @Test
  void findsWhatWasMoved() {
    byte[] base = bytes(new Random(1), 10_000);
    byte[] target = new byte[base.length];
    System.arraycopy(base, 5_000, target, 0, 5_000);
    System.arraycopy(base, 0, target, 5_000, 5_000);

    assertTrue(patch(base, target).length < 20);
  }

  @Test
  void refusesWhatIsCutShortOrLeadsElsewhere() {
    byte[] base = bytes(new Random(1), 1000);
    byte[] target = edited(new Random(2), base);
    byte[] patch = patch(base, target);

    for (int length = 0; length < patch.length; length++) {
      byte[] cut = Arrays.copyOf(patch, length);
      assertThrows(MalformedManifestException.class, () -> read(cut, base, target.length));
    }
    assertRefused(out -> out.writeVarint(11), 10);
    assertRefused(
        out -> {
          out.writeVarint(0);
          out.writeVarint(0);
        },
        10);
    assertRefused(out -> run(out, 10, -1), 10);
    assertRefused(out -> run(out, 10, 91), 10);
    assertRefused(out -> run(out, 10, Long.MAX_VALUE), 10);
    assertRefused(out -> run(out, 10, Long.MIN_VALUE), 10);
    assertRefused(out -> run(out, 101, 0), 1000);
  }

  private interface Part {
    void writeTo(ByteWriter out);
  }

  private static void run(ByteWriter out, int length, long from) {
    out.writeVarint(0);
    out.writeVarint(length);
    out.writeSigned(from);
  }

  private static void assertRefused(Part part, int length) {
    ByteWriter out = new ByteWriter();
    part.writeTo(out);
    assertThrows(
        MalformedManifestException.class, () -> read(out.toBytes(), new byte[100], length));
  }

  private static byte[] patch(byte[] base, byte[] target) {
    ByteWriter out = new ByteWriter();
    Patch.write(out, base, target);
    return out.toBytes();
  }

  private static byte[] read(byte[] patch, byte[] base, int length) throws Exception {
    ByteReader in = new ByteReader(ByteBuffer.wrap(patch));
    byte[] target = Patch.read(in, base, length);
    in.expectEnd();
    return target;
  }

  /** Few different bytes in some, so that there are many runs. */
  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    int values = random.nextBoolean() ? 256 : 2;
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(values);
    }
    return bytes;
  }

  /** Pieces of the base in any order, and others. */
  private static byte[] edited(Random random, byte[] base) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = random.nextInt(6); i >= 0; i--) {
      int from = random.nextInt(base.length + 1);
      out.write(base, from, random.nextInt(base.length - from + 1));
      out.writeBytes(bytes(random, random.nextInt(100)));
    }
    return out.toByteArray();
  }
}
