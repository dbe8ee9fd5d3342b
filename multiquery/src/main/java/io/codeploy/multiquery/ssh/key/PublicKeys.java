package io.codeploy.multiquery.ssh.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** Public keys and certificates in files of one line. */
final class PublicKeys {
  private PublicKeys() {}

  /** The key on the first line of {@code text}. */
  static Optional<PublicKey> parse(String text) {
    String first = text.lines().findFirst().orElse("");
    if (first.isBlank() || first.startsWith("-----")) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          PublicKeyEntry.parsePublicKeyEntry(first)
              .resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The key in {@code file}. */
  static Optional<PublicKey> read(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The key in the file beside {@code file} whose name is longer by {@code suffix}. */
  static Optional<PublicKey> beside(Path file, String suffix) {
    return read(file.resolveSibling(file.getFileName() + suffix));
  }

  /** Puts the certificate that lies beside {@code file} in front. */
  static List<KeyPair> withCertificate(Path file, List<KeyPair> pairs) {
    return withCertificates(beside(file, "-cert.pub").stream().toList(), pairs);
  }

  /** Whether {@code shown} is a certificate of {@code key}. */
  static boolean certifies(PublicKey shown, PublicKey key) {
    return shown instanceof OpenSshCertificate certificate
        && KeyUtils.compareKeys(certificate.getCertPubKey(), key);
  }

  /** Puts those of {@code certificates} in front that certify one of the keys. */
  static List<KeyPair> withCertificates(List<PublicKey> certificates, List<KeyPair> pairs) {
    List<KeyPair> all = new ArrayList<>();
    for (PublicKey key : certificates) {
      for (KeyPair pair : pairs) {
        if (certifies(key, pair.getPublic())) {
          all.add(new KeyPair(key, pair.getPrivate()));
        }
      }
    }
    all.addAll(pairs);
    return all;
  }
}
