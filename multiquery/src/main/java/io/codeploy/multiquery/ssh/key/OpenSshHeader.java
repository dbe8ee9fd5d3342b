package io.codeploy.multiquery.ssh.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * What stands in clear at the head of a private key in OpenSSH's format (PROTOCOL.key): magic,
 * cipher, key derivation, its options, number of keys, first public key.
 *
 * @param keyType such as {@code ssh-ed25519}
 * @param publicKey empty for a kind that MINA does not know
 */
record OpenSshHeader(boolean encrypted, String keyType, Optional<PublicKey> publicKey) {
  private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String END = "-----END OPENSSH PRIVATE KEY-----";
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

  /** Empty for another format or a head that is cut short. */
  static Optional<OpenSshHeader> parse(String text) {
    try {
      Optional<ByteBuffer> start = start(text);
      if (start.isEmpty()) {
        return Optional.empty();
      }
      ByteBuffer in = start.get();
      boolean encrypted = namesCipher(in);
      string(in);
      string(in);
      in.getInt();
      byte[] blob = string(in);
      String keyType = new String(string(ByteBuffer.wrap(blob)), StandardCharsets.US_ASCII);
      return Optional.of(new OpenSshHeader(encrypted, keyType, publicKey(blob)));
    } catch (RuntimeException e) {
      // A buffer that ends early or is no base64: the parser of the whole will tell.
      return Optional.empty();
    }
  }

  /** Whether the key is encrypted, of all that stands there; needs nothing of the SSH library. */
  static boolean tellsOfCipher(String text) {
    try {
      Optional<ByteBuffer> start = start(text);
      return start.isPresent() && namesCipher(start.get());
    } catch (RuntimeException e) {
      // As above.
      return false;
    }
  }

  /** What follows the magic. */
  private static Optional<ByteBuffer> start(String text) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      return Optional.empty();
    }
    ByteBuffer in =
        ByteBuffer.wrap(
            Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end).strip()));
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    return Arrays.equals(magic, MAGIC) ? Optional.of(in) : Optional.empty();
  }

  private static boolean namesCipher(ByteBuffer in) {
    return !new String(string(in), StandardCharsets.US_ASCII).equals("none");
  }

  private static byte[] string(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a string of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static Optional<PublicKey> publicKey(byte[] blob) {
    try {
      return Optional.ofNullable(new ByteArrayBuffer(blob).getRawPublicKey());
    } catch (Exception e) {
      // A kind that MINA does not know; unusable, and said elsewhere.
      return Optional.empty();
    }
  }
}
