package io.codeploy.multiquery.ssh.cipher;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.sshd.common.cipher.Cipher;

/**
 * AES-GCM of one direction of a session (RFC 5647): the first four bytes of a packet, its length,
 * are authenticated only, and the last eight of the nonce count packets. Between two packets it
 * goes over to libcrypto once {@link Bulk} has it. For one thread at a time.
 */
final class GcmCipher implements Cipher {
  private static final int COUNTER_AT = Aead.NONCE_BYTES - Long.BYTES;

  private final String name;
  private final int keyBytes;
  private final Bulk bulk;
  private byte[] key = {};
  private byte[] nonce = {};
  private long firstCount;
  private Direction direction = Direction.DECRYPT;
  private Optional<Aead> aead = Optional.empty();
  private int clear;

  GcmCipher(String name, int keyBytes, Bulk bulk) {
    this.name = name;
    this.keyBytes = keyBytes;
    this.bulk = bulk;
  }

  @Override
  public void init(Mode mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    // MINA hands over as much as the key exchange's digest gives.
    this.key = Arrays.copyOf(key, keyBytes);
    this.nonce = Arrays.copyOf(iv, Aead.NONCE_BYTES);
    this.firstCount = count();
    this.direction = mode == Mode.Encrypt ? Direction.ENCRYPT : Direction.DECRYPT;
    this.aead = Optional.of(new JdkGcm(this.key, direction));
  }

  /** The bytes right before those that are given to the next {@link #update}. */
  @Override
  public void updateAAD(byte[] packet, int offset, int length) {
    clear = length;
  }

  @Override
  public void update(byte[] packet, int offset, int length) throws GeneralSecurityException {
    Aead now = aead.orElseThrow(() -> new IllegalStateException(name + " has no key yet"));
    now.crypt(nonce, packet, offset - clear, clear, length);
    clear = 0;
    next();
    if (now instanceof JdkGcm) {
      Optional<LibCrypto> library = bulk.after(length);
      if (library.isPresent()) {
        aead = Optional.of(new LibCryptoGcm(library.get(), key, direction));
      }
    }
  }

  private void next() throws GeneralSecurityException {
    long next = count() + 1;
    if (next == firstCount) {
      throw new GeneralSecurityException("all nonces of a key of " + name + " are used up");
    }
    ByteBuffer.wrap(nonce).putLong(COUNTER_AT, next);
  }

  private long count() {
    return ByteBuffer.wrap(nonce).getLong(COUNTER_AT);
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getTransformation() {
    return "AES/GCM/NoPadding";
  }

  @Override
  public int getKeySize() {
    return keyBytes * Byte.SIZE;
  }

  @Override
  public int getKdfSize() {
    return keyBytes;
  }

  @Override
  public int getIVSize() {
    return Aead.NONCE_BYTES;
  }

  @Override
  public int getAuthenticationTagSize() {
    return Aead.TAG_BYTES;
  }

  @Override
  public int getCipherBlockSize() {
    return 16;
  }
}
