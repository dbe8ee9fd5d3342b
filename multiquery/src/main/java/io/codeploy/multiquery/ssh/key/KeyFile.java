package io.codeploy.multiquery.ssh.key;

import io.codeploy.multiquery.ssh.call.Causes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.security.SecurityUtils;

/** What a file that should hold a private key turned out to be. */
sealed interface KeyFile {
  /** The file. */
  Path file();

  /** Keys to sign with; a certificate comes before the bare key that it certifies. */
  record Usable(Path file, List<KeyPair> keys) implements KeyFile {
    public Usable {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A key that this process cannot sign with, but an agent may.
   *
   * @param publicKey which one it is, where {@code .pub} tells
   * @param reason for people
   */
  record Locked(Path file, Optional<PublicKey> publicKey, String reason) implements KeyFile {}

  record Missing(Path file) implements KeyFile {}

  /** Reads {@code file}; never throws for what is in it. */
  static KeyFile read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new Missing(file);
    } catch (IOException e) {
      return locked(file, "cannot be read: " + Causes.text(e));
    }
    String head = new String(bytes, StandardCharsets.ISO_8859_1);
    if (head.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
      return locked(file, "is encrypted (PKCS#8); load it into ssh-agent with ssh-add");
    }
    Optional<PublicKey> bare = publicKey(head);
    if (bare.isPresent()) {
      return new Locked(file, bare, "is a public key; no agent holds its private half");
    }
    return parse(file, bytes);
  }

  private static KeyFile parse(Path file, byte[] bytes) {
    AtomicBoolean encrypted = new AtomicBoolean();
    FilePasswordProvider nobodyToAsk =
        (session, resource, retry) -> {
          encrypted.set(true);
          return "";
        };
    String problem = "holds no private key in a known format";
    try {
      List<KeyPair> pairs = new ArrayList<>();
      Iterable<KeyPair> loaded =
          SecurityUtils.loadKeyPairIdentities(
              null,
              NamedResource.ofName(file.toString()),
              new ByteArrayInputStream(bytes),
              nobodyToAsk);
      if (loaded != null) {
        loaded.forEach(pairs::add);
      }
      if (!pairs.isEmpty()) {
        return new Usable(file, withCertificate(file, pairs));
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // MINA's parsers throw what they like on malformed input.
      problem = "cannot be parsed: " + Causes.text(e);
    }
    return locked(
        file, encrypted.get() ? "is encrypted; load it into ssh-agent with ssh-add" : problem);
  }

  private static List<KeyPair> withCertificate(Path file, List<KeyPair> pairs) {
    Optional<PublicKey> certificate = publicKeyIn(sibling(file, "-cert.pub"));
    if (certificate.isEmpty() || !(certificate.get() instanceof OpenSshCertificate)) {
      return pairs;
    }
    List<KeyPair> all = new ArrayList<>();
    all.add(new KeyPair(certificate.get(), pairs.getFirst().getPrivate()));
    all.addAll(pairs);
    return all;
  }

  private static Locked locked(Path file, String reason) {
    return new Locked(file, publicKeyIn(sibling(file, ".pub")), reason);
  }

  private static Path sibling(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static Optional<PublicKey> publicKeyIn(Path file) {
    try {
      return publicKey(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> publicKey(String text) {
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
}
