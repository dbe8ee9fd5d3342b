package io.codeploy.multiquery.ssh.hostkey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names in known_hosts that hide the host: {@code |1|salt|HMAC-SHA1(salt, name)}, base64. */
final class HashedName {
  private static final String ALGORITHM = "HmacSHA1";

  private HashedName() {}

  /** Whether {@code hashed} hides {@code name}; false as well for what is malformed. */
  static boolean hides(String hashed, String name) {
    String[] parts = hashed.split("\\|", -1);
    if (parts.length != 4 || !parts[1].equals("1")) {
      return false;
    }
    try {
      byte[] salt = Base64.getDecoder().decode(parts[2]);
      byte[] expected = Base64.getDecoder().decode(parts[3]);
      return salt.length > 0 && MessageDigest.isEqual(expected, hash(salt, name));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Hides {@code name} behind {@code salt}. */
  static String of(byte[] salt, String name) {
    Base64.Encoder base64 = Base64.getEncoder();
    return "|1|" + base64.encodeToString(salt) + "|" + base64.encodeToString(hash(salt, name));
  }

  private static byte[] hash(byte[] salt, String name) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt, ALGORITHM));
      return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
