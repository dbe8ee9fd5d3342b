package io.codeploy.multiquery.ssh.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key derivation of RFC 7914, which the JDK does not have.
 *
 * @param cost a power of two
 * @param blockSize in units of 128 bytes
 */
record Scrypt(int cost, int blockSize, int parallelization) {
  private static final int SALSA_INTS = 16;
  private static final int DOUBLE_ROUNDS = 4;

  /** Twice what OpenSSL takes unless told otherwise; the parameters are anybody's. */
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
  byte[] derive(byte[] password, byte[] salt, int length) throws GeneralSecurityException {
    ByteBuffer blocks = ByteBuffer.wrap(pbkdf2(password, salt, parallelization * blockBytes()));
    for (int i = 0; i < parallelization; i++) {
      int[] block = new int[blockBytes() / Integer.BYTES];
      ByteBuffer at = blocks.slice(i * blockBytes(), blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
      at.asIntBuffer().get(block);
      at.asIntBuffer().put(mixed(block));
    }
    return pbkdf2(password, blocks.array(), length);
  }

  private int blockBytes() {
    return 128 * blockSize;
  }

  /** With one iteration: a MAC of the salt and each block's number. */
  private static byte[] pbkdf2(byte[] password, byte[] salt, int length)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    // A MAC's key is filled up with zeros, so that one of them is as good as none.
    mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
    ByteBuffer out = ByteBuffer.allocate(length);
    for (int number = 1; out.hasRemaining(); number++) {
      mac.update(salt);
      byte[] part = mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
      out.put(part, 0, Math.min(part.length, out.remaining()));
    }
    return out.array();
  }

  /** {@code scryptROMix}. */
  private int[] mixed(int[] block) {
    int size = block.length;
    int[] all = new int[cost * size];
    int[] now = block;
    int[] next = new int[size];
    for (int i = 0; i < cost; i++) {
      System.arraycopy(now, 0, all, i * size, size);
      mix(now, next);
      int[] swapped = now;
      now = next;
      next = swapped;
    }
    for (int i = 0; i < cost; i++) {
      int chosen = (now[size - SALSA_INTS] & (cost - 1)) * size;
      for (int k = 0; k < size; k++) {
        now[k] ^= all[chosen + k];
      }
      mix(now, next);
      int[] swapped = now;
      now = next;
      next = swapped;
    }
    return now;
  }

  /** {@code scryptBlockMix}: even parts to the front half, odd ones to the other. */
  private void mix(int[] from, int[] to) {
    int[] part = new int[SALSA_INTS];
    System.arraycopy(from, from.length - SALSA_INTS, part, 0, SALSA_INTS);
    for (int i = 0; i < 2 * blockSize; i++) {
      for (int k = 0; k < SALSA_INTS; k++) {
        part[k] ^= from[i * SALSA_INTS + k];
      }
      salsa(part);
      int place = (i & 1) * blockSize + i / 2;
      System.arraycopy(part, 0, to, place * SALSA_INTS, SALSA_INTS);
    }
  }

  /** Salsa20/8, in place. */
  private static void salsa(int[] block) {
    int[] x = block.clone();
    for (int i = 0; i < DOUBLE_ROUNDS; i++) {
      quarter(x, 0, 4, 8, 12);
      quarter(x, 5, 9, 13, 1);
      quarter(x, 10, 14, 2, 6);
      quarter(x, 15, 3, 7, 11);
      quarter(x, 0, 1, 2, 3);
      quarter(x, 5, 6, 7, 4);
      quarter(x, 10, 11, 8, 9);
      quarter(x, 15, 12, 13, 14);
    }
    for (int i = 0; i < SALSA_INTS; i++) {
      block[i] += x[i];
    }
  }

  private static void quarter(int[] x, int a, int b, int c, int d) {
    x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
    x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
    x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
    x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
  }
}
