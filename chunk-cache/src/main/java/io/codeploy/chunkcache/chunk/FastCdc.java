package io.codeploy.chunkcache.chunk;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Finds the cuts of FastCDC (W. Xia et al., "The Design of Fast Content-Defined Chunking for Data
 * Deduplication Based Storage Systems", IEEE TPDS 31(9), 2020), as the remote execution API's
 * {@code FastCdc2020Params} fixes it: gear table from MD5, normalisation 2, masks of the paper's
 * reference implementation, seed 0. Immutable; safe for use by many threads.
 *
 * <p>The paper rolls two bytes in one step. One byte a step gives the same cuts and is twice as
 * fast under HotSpot, so that is what stands here.
 */
public final class FastCdc {
  private static final long[] GEAR = gearTable();

  private static final FastCdc STANDARD =
      new FastCdc(
          CuttingRules.MIN_CHUNK_BYTES,
          CuttingRules.AVERAGE_CHUNK_BYTES,
          CuttingRules.MAX_CHUNK_BYTES,
          0x0000d91767537000L, // the paper's mask for 2^21, two bits above the average
          0x0000d90703537000L); // that for 2^17, two bits below

  private final int min;
  private final int average;
  private final int max;
  private final long strictMask;
  private final long laxMask;

  /**
   * @param strictMask holds before the average length is reached
   * @param laxMask holds after it
   */
  FastCdc(int min, int average, int max, long strictMask, long laxMask) {
    if (min < 1 || average < min || max < average) {
      throw new IllegalArgumentException("limits " + min + ", " + average + ", " + max);
    }
    this.min = min;
    this.average = average;
    this.max = max;
    this.strictMask = strictMask;
    this.laxMask = laxMask;
  }

  /** The parameters of {@link CuttingRules}. */
  public static FastCdc standard() {
    return STANDARD;
  }

  /** The longest chunk. */
  public int maxLength() {
    return max;
  }

  /**
   * The length of the first chunk of the {@code available} bytes of {@code data} from {@code
   * offset}. Fewer than {@link #maxLength} bytes must be all that is left of the stream.
   */
  public int cut(byte[] data, int offset, int available) {
    if (available <= min) {
      return available;
    }
    int end = Math.min(available, max);
    int normal = Math.min(average, end);

    // The paper's loop takes pairs of bytes, so that an odd last byte is never a candidate.
    int from = offset + (min & ~1);
    int turn = offset + (normal & ~1);
    int to = offset + (end & ~1);

    long hash = 0;
    int i = from;
    for (; i < turn; i++) {
      hash = (hash << 1) + GEAR[data[i] & 0xff];
      if ((hash & strictMask) == 0) {
        return i - offset;
      }
    }
    for (; i < to; i++) {
      hash = (hash << 1) + GEAR[data[i] & 0xff];
      if ((hash & laxMask) == 0) {
        return i - offset;
      }
    }
    return end;
  }

  /**
   * For each byte value the first eight bytes of the MD5 digest of 64 such bytes, as in the paper's
   * reference implementation. (The text of the remote execution API says "of that byte"; its test
   * vectors follow the reference implementation.) MD5 secures nothing here.
   */
  private static long[] gearTable() {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] seed = new byte[64];
      long[] table = new long[256];
      for (int value = 0; value < table.length; value++) {
        Arrays.fill(seed, (byte) value);
        table[value] = ByteBuffer.wrap(md5.digest(seed)).getLong();
      }
      return table;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }
}
