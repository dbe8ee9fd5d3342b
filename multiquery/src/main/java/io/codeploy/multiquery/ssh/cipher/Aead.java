package io.codeploy.multiquery.ssh.cipher;

import java.security.GeneralSecurityException;

/** AES-GCM in one direction with one key. For one thread at a time. */
sealed interface Aead permits JdkGcm, LibCryptoGcm {
  int NONCE_BYTES = 12;
  int TAG_BYTES = 16;

  /**
   * Encrypts or decrypts in place; the 16 bytes after the packet are its tag, written or compared.
   *
   * @param nonce 12 bytes, another one for each packet
   * @param start where the bytes begin that are authenticated only
   * @param clear how many these are; what is encrypted follows
   * @param length of what is encrypted, without the tag
   * @throws javax.crypto.AEADBadTagException when the tag is not that of these bytes; what the
   *     packet holds then must not be used
   */
  void crypt(byte[] nonce, byte[] packet, int start, int clear, int length)
      throws GeneralSecurityException;
}
