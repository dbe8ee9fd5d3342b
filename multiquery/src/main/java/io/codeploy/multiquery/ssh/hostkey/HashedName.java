package io.codeploy.multiquery.ssh.hostkey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A name in known_hosts that hides the host: {@code |1|salt|HMAC-SHA1(salt, name)}, base64. It is
 * taken apart once, since it may be tried on hundreds of hosts.
 */
final class HashedName {
  private static final String ALGORITHM = "HmacSHA1";

  private final byte[] salt;
  private final byte[] hash;

  private HashedName(byte[] salt, byte[] hash) {
    this.salt = salt;
    this.hash = hash;
  }

  /** Empty for what is malformed, which hides nobody. */
  static Optional<HashedName> parse(String text) {
    int middle = text.indexOf('|', 3);
    if (!text.startsWith("|1|") || middle < 0) {
      return Optional.empty();
    }
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      byte[] salt = base64.decode(text.substring(3, middle));
      byte[] hash = base64.decode(text.substring(middle + 1));
      return salt.length == 0 ? Optional.empty() : Optional.of(new HashedName(salt, hash));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Tries one name on many lines. For use by one thread. */
  static final class Trial {
    private final byte[] name;
    private final Mac mac = mac();

    Trial(String name) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether {@code hashed} hides the name. */
    boolean fits(HashedName hashed) {
      return Arrays.equals(hashed.hash, hash(mac, hashed.salt, name));
    }
  }

  /** Whether {@code hashed} hides {@code name}; false as well for what is malformed. */
  static boolean hides(String hashed, String name) {
    return parse(hashed).map(new Trial(name)::fits).orElse(false);
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
