package io.codeploy.chunkcache.manifest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes bytes out of others that are much like them: runs of the base, and bytes between them. Runs
 * are found as rsync does, by a rolling sum over blocks of the base.
 */
final class Patch {
  private static final int BLOCK_BYTES = 64;
  private static final int FACTOR = 31;

  /** {@code FACTOR} to the power of {@code BLOCK_BYTES}, modulo 2^32. */
  private static final int LEAVING = leaving();

  private final byte[] base;
  private final byte[] target;
  private final ByteWriter out;
  private final Map<Integer, Integer> blocks = new HashMap<>();

  /** How much of the target is written. */
  private int done;

  /** The end of the last run in the base. */
  private int baseEnd;

  private Patch(byte[] base, byte[] target, ByteWriter out) {
    this.base = base;
    this.target = target;
    this.out = out;
    for (int at = 0; at + BLOCK_BYTES <= base.length; at += BLOCK_BYTES) {
      blocks.putIfAbsent(sum(base, at), at);
    }
  }

  /** Appends what makes {@code target} out of {@code base}. */
  static void write(ByteWriter out, byte[] base, byte[] target) {
    new Patch(base, target, out).write();
  }

  /**
   * The {@code length} bytes that {@code in} makes out of {@code base}.
   *
   * @throws MalformedManifestException if it does not make so many
   */
  static byte[] read(ByteReader in, byte[] base, int length) throws MalformedManifestException {
    byte[] target = new byte[length];
    int baseEnd = 0;
    for (int at = 0; at < length; ) {
      int own = in.readInt(length - at, "bytes of a patch");
      System.arraycopy(in.readBytes(own), 0, target, at, own);
      at += own;
      int run = in.readInt(length - at, "run of a patch");
      if (run > 0) {
        long from = baseEnd + in.readSigned();
        if (from < 0 || from > base.length - run) {
          throw new MalformedManifestException("a run of a patch is not in its base");
        }
        System.arraycopy(base, (int) from, target, at, run);
        at += run;
        baseEnd = (int) from + run;
      } else if (own == 0) {
        throw new MalformedManifestException("a patch that makes nothing");
      }
    }
    return target;
  }

  private void write() {
    int at = 0;
    while (at + BLOCK_BYTES <= target.length) {
      int sum = sum(target, at);
      int from = find(sum, at);
      while (from < 0 && at + BLOCK_BYTES < target.length) {
        sum = sum * FACTOR + target[at + BLOCK_BYTES] - target[at] * LEAVING;
        at++;
        from = find(sum, at);
      }
      if (from < 0) {
        break;
      }
      at = writeRun(from, at);
    }
    if (done < target.length) {
      writeOwn(target.length);
      out.writeVarint(0);
    }
  }

  /**
   * Where the base has the block at {@code at} of the target; -1 if it seems to have it nowhere.
   */
  private int find(int sum, int at) {
    Integer from = blocks.get(sum);
    return from != null
            && Arrays.equals(base, from, from + BLOCK_BYTES, target, at, at + BLOCK_BYTES)
        ? from
        : -1;
  }

  /** As long a run as there is around what was found; comes back with its end in the target. */
  private int writeRun(int from, int at) {
    int before = 0;
    while (at - before > done
        && from > before
        && base[from - before - 1] == target[at - before - 1]) {
      before++;
    }
    int mismatch = Arrays.mismatch(base, from, base.length, target, at, target.length);
    int after = mismatch < 0 ? target.length - at : mismatch;
    writeOwn(at - before);
    out.writeVarint(before + (long) after);
    out.writeSigned(from - before - (long) baseEnd);
    baseEnd = from + after;
    done = at + after;
    return done;
  }

  private void writeOwn(int end) {
    out.writeVarint(end - (long) done);
    out.writeBytes(Arrays.copyOfRange(target, done, end));
    done = end;
  }

  private static int sum(byte[] bytes, int at) {
    int sum = 0;
    for (int i = at; i < at + BLOCK_BYTES; i++) {
      sum = sum * FACTOR + bytes[i];
    }
    return sum;
  }

  private static int leaving() {
    int power = 1;
    for (int i = 0; i < BLOCK_BYTES; i++) {
      power *= FACTOR;
    }
    return power;
  }
}
