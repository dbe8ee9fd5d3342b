package io.codeploy.multiquery.ssh.hostkey;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One line of a known_hosts file.
 *
 * @param names patterns, or one hashed name
 * @param keyType such as {@code ssh-ed25519}
 * @param key the public key in the encoding of the protocol, base64
 */
public record KnownHost(
    Marker marker, List<String> names, String keyType, String key, Path file, int line) {
  /** What a key is listed for. */
  public enum Marker {
    NONE,
    REVOKED,
    CERT_AUTHORITY
  }

  public KnownHost {
    names = List.copyOf(names);
  }

  /** Parses a line: {@code [@marker] names keytype base64 [comment]}. Anything else is empty. */
  static Optional<KnownHost> parse(String text, Path file, int line) {
    String[] words = text.strip().split("[ \\t]+", -1);
    Marker marker = Marker.NONE;
    int at = 0;
    if (words[0].startsWith("@")) {
      switch (words[0]) {
        case "@revoked" -> marker = Marker.REVOKED;
        case "@cert-authority" -> marker = Marker.CERT_AUTHORITY;
        default -> {
          return Optional.empty();
        }
      }
      at = 1;
    }
    if (words.length < at + 3 || words[at].startsWith("#")) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(words[at + 2]);
      return Optional.of(
          new KnownHost(
              marker,
              List.of(words[at].split(",", -1)),
              words[at + 1],
              Base64.getEncoder().encodeToString(key),
              file,
              line));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the name is hidden behind a hash. */
  boolean hashed() {
    return names.getFirst().startsWith("|");
  }

  /** Where it stands, for messages. */
  public String place() {
    return file + ":" + line;
  }
}
