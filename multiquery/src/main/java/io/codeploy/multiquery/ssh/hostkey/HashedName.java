package io.codeploy.multiquery.ssh.hostkey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names in known_hosts that hide the host: {@code |1|salt|HMAC-SHA1(salt, name)}, base64. */
final class HashedName {
  private static final String ALGORITHM = "HmacSHA1";

  private HashedName() {}

  /** Tries one name on many lines. For use by one thread. */
  static final class Trial {
    private final byte[] name;
    private final Mac mac = mac();

    Trial(String name) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether {@code hashed} hides the name; false as well for what is malformed. */
    boolean fits(String hashed) {
      int middle = hashed.indexOf('|', 3);
      if (!hashed.startsWith("|1|") || middle < 0) {
        return false;
      }
      try {
        byte[] salt = Base64.getDecoder().decode(hashed.substring(3, middle));
        byte[] expected = Base64.getDecoder().decode(hashed.substring(middle + 1));
        return salt.length > 0 && Arrays.equals(expected, hash(mac, salt, name));
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }

  /** Whether {@code hashed} hides {@code name}. */
  static boolean hides(String hashed, String name) {
    return new Trial(name).fits(hashed);
  }

  /** Hides {@code name} behind {@code salt}. */
  static String of(byte[] salt, String name) {
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] hash = hash(mac(), salt, name.getBytes(StandardCharsets.UTF_8));
    return "|1|" + base64.encodeToString(salt) + "|" + base64.encodeToString(hash);
  }

  private static Mac mac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static byte[] hash(Mac mac, byte[] salt, byte[] name) {
    try {
      mac.init(new SecretKeySpec(salt, ALGORITHM));
      return mac.doFinal(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a salt is refused as a key", e);
    }
  }
}
