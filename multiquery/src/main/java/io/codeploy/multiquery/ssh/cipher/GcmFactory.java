package io.codeploy.multiquery.ssh.cipher;

import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.Cipher;

/** AES-GCM as it is negotiated (RFC 5647, under OpenSSH's names). */
public enum GcmFactory implements NamedFactory<Cipher> {
  AES128("aes128-gcm@openssh.com", 16),
  AES256("aes256-gcm@openssh.com", 32);

  /** One for the process: what all of its sessions decrypt together pays for the linking. */
  private static final Bulk BULK =
      new Bulk(
          Bulk.WORTH_LINKING_BYTES,
          LibCrypto::load,
          linking -> Thread.ofPlatform().name("libcrypto").daemon().start(linking));

  private final String wireName;
  private final int keyBytes;

  GcmFactory(String wireName, int keyBytes) {
    this.wireName = wireName;
    this.keyBytes = keyBytes;
  }

  @Override
  public String getName() {
    return wireName;
  }

  @Override
  public Cipher create() {
    return new GcmCipher(wireName, keyBytes, BULK);
  }
}
