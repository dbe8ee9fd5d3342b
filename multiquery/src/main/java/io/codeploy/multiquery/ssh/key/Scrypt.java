package io.codeploy.multiquery.ssh.key;

import org.bouncycastle.crypto.generators.SCrypt;

/**
 * The key derivation of RFC 7914, which the JDK does not have, with parameters that are anybody's.
 *
 * @param cost a power of two
 * @param blockSize in units of 128 bytes
 */
record Scrypt(int cost, int blockSize, int parallelization) {
  /** Twice what OpenSSL takes unless told otherwise. */
  private static final long MOST_BYTES = 64 << 20;

  private static final int MOST_PARALLEL = 16;

  Scrypt {
    boolean sound =
        cost > 1
            && Integer.bitCount(cost) == 1
            && blockSize > 0
            && parallelization > 0
            && parallelization <= MOST_PARALLEL
            && cost <= MOST_BYTES / 128 / blockSize;
    if (!sound) {
      throw new IllegalArgumentException("scrypt of N=" + cost + " r=" + blockSize);
    }
  }

  /** Derives {@code length} bytes. */
  byte[] derive(byte[] password, byte[] salt, int length) {
    return SCrypt.generate(password, salt, cost, blockSize, parallelization, length);
  }
}
