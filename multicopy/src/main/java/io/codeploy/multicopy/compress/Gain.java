package io.codeploy.multicopy.compress;

/** When compression pays. Pure: times and sizes come in. */
final class Gain {
  /** Order-0 entropy, of 8 bits, from which on contents are taken for compressed already. */
  private static final double DENSE_BITS = 7.5;

  private static final double WEIGHT = 0.25;

  private double ratio;
  private double squeezeNanosPerByte;
  private double linkNanosPerByte;

  /**
   * Nothing was measured yet.
   *
   * @param ratio that a sample promises
   * @param squeezedPerSecond bytes that are taken in
   */
  Gain(double ratio, double squeezedPerSecond) {
    this.ratio = ratio;
    this.squeezeNanosPerByte = 1e9 / squeezedPerSecond;
  }

  /** So many bytes were taken by the link, which took so long. */
  void sent(long bytes, long nanos) {
    linkNanosPerByte += WEIGHT * ((double) nanos / bytes - linkNanosPerByte);
  }

  /** A block became so small in such a time. */
  void squeezed(long bytes, long into, long nanos) {
    ratio += WEIGHT * ((double) into / bytes - ratio);
    squeezeNanosPerByte += WEIGHT * ((double) nanos / bytes - squeezeNanosPerByte);
  }

  /** Whether the next block is sooner there when it is compressed first. */
  boolean pays() {
    return squeezeNanosPerByte + ratio * linkNanosPerByte < linkNanosPerByte;
  }

  /** Whether there is nothing to gain from what begins like this. */
  static boolean isDense(byte[] sample, int length) {
    return bits(sample, length) > DENSE_BITS;
  }

  /** What may be hoped for from what begins like this, as a part of its size. */
  static double hope(byte[] sample, int length) {
    return Math.min(1, bits(sample, length) / 8);
  }

  private static double bits(byte[] sample, int length) {
    int[] counts = new int[256];
    for (int i = 0; i < length; i++) {
      counts[sample[i] & 0xff]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double part = (double) count / length;
        bits -= part * Math.log(part) / Math.log(2);
      }
    }
    return bits;
  }
}
