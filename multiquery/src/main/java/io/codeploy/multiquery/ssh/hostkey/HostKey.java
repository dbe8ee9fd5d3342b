package io.codeploy.multiquery.ssh.hostkey;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A public key as known_hosts writes it.
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 of the encoding of the protocol
 */
public record HostKey(String type, String base64) {
  public static HostKey of(PublicKey key) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return new HostKey(
        KeyUtils.getKeyType(key), Base64.getEncoder().encodeToString(buffer.getCompactData()));
  }

  /** The fingerprint that OpenSSH shows. */
  public String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
