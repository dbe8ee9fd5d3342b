package io.codeploy.multiquery.ssh.hostkey;

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
  public static String fingerprint(PublicKey key) {
    return KeyUtils.getFingerPrint(key);
  }
}
