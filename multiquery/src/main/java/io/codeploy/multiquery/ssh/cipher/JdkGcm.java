package io.codeploy.multiquery.ssh.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** By the JDK. */
final class JdkGcm implements Aead {
  private final Cipher cipher;
  private final SecretKeySpec key;
  private final Direction direction;

  JdkGcm(byte[] key, Direction direction) throws GeneralSecurityException {
    this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    this.key = new SecretKeySpec(key, "AES");
    this.direction = direction;
  }

  @Override
  public void crypt(byte[] nonce, byte[] packet, int start, int clear, int length)
      throws GeneralSecurityException {
    int begin = start + clear;
    GCMParameterSpec parameters = new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
    switch (direction) {
      case ENCRYPT -> {
        cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
        cipher.updateAAD(packet, start, clear);
        cipher.doFinal(packet, begin, length, packet, begin);
      }
      case DECRYPT -> {
        cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        cipher.updateAAD(packet, start, clear);
        cipher.doFinal(packet, begin, length + TAG_BYTES, packet, begin);
      }
    }
  }
}
