package io.codeploy.multiquery.ssh.key;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.FileTrouble;
import io.codeploy.multiquery.ssh.config.ThisMachine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * Reads files of private keys: OpenSSH's own format, PEM and PKCS#8, with and without passphrase.
 */
final class KeyFileReader {
  private static final String PRIVATE = "PRIVATE KEY-----";
  private static final int MODE = 07777;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

  private KeyFileReader() {}

  /** Reads {@code file} without a passphrase; never throws for what is in it. */
  static KeyFile read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      Optional<PublicKey> published = PublicKeys.beside(file, ".pub");
      return published.isEmpty()
          ? new KeyFile.Missing(file)
          : new KeyFile.Foreign(file, published, "does not exist; no agent holds it either");
    } catch (IOException e) {
      return new KeyFile.Broken(file, "cannot be read: " + FileTrouble.reason(e));
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    var bare = PublicKeys.parse(text);
    if (bare.isPresent()) {
      return new KeyFile.Foreign(file, bare, "is a public key; no agent holds its private half");
    }
    Optional<OpenSshHeader> header = OpenSshHeader.parse(text);
    if (header.isPresent()) {
      String type = header.get().keyType();
      if (type.startsWith("sk-")) {
        return new KeyFile.Foreign(
            file,
            publicKey(file, header),
            "needs its security key (" + type + "), which only ssh-agent can use; add it there");
      }
      if (type.equals("ssh-dss")) {
        return new KeyFile.Broken(file, "is a DSA key, which is not safe any more; make another");
      }
    }
    Optional<String> exposure = text.contains(PRIVATE) ? exposure(file) : Optional.empty();
    if (exposure.isPresent()) {
      return new KeyFile.Exposed(file, publicKey(file, header), exposure.get());
    }
    if (header.map(OpenSshHeader::encrypted).orElse(false) || isEncryptedPem(text)) {
      return new KeyFile.Encrypted(file, publicKey(file, header));
    }
    try {
      return new KeyFile.Usable(file, PublicKeys.withCertificate(file, load(file, bytes, "")));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // MINA's parsers throw what they like on malformed input.
      return new KeyFile.Broken(file, "cannot be parsed: " + Causes.text(e));
    }
  }

  /** The mode of a file of our user that others may do something with; as ssh, nobody else's. */
  private static Optional<String> exposure(Path file) {
    try {
      if (Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS)) {
        return Optional.empty();
      }
      String owner = String.valueOf(Files.getAttribute(file, "unix:uid"));
      return ThisMachine.userId().equals(Optional.of(owner))
          ? Optional.of(String.format("%04o", MODE & (int) Files.getAttribute(file, "unix:mode")))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      // A file system without permissions, or a file that is gone.
      return Optional.empty();
    }
  }

  private static boolean isEncryptedPem(String text) {
    return text.contains(Pkcs8.BEGIN_ENCRYPTED) || text.contains("Proc-Type: 4,ENCRYPTED");
  }

  /**
   * Whether {@code file} holds a key under a passphrase, as far as a look at it tells that needs
   * nothing of the SSH library. What can be read once only, as a pipe, is taken for such.
   */
  static boolean seemsEncrypted(Path file) {
    if (!Files.isRegularFile(file)) {
      return Files.exists(file);
    }
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return isEncryptedPem(text) || OpenSshHeader.tellsOfCipher(text);
    } catch (IOException e) {
      // Missing, or to be told of by who reads it in earnest.
      return false;
    }
  }

  private static Optional<PublicKey> publicKey(Path file, Optional<OpenSshHeader> header) {
    return header.flatMap(OpenSshHeader::publicKey).or(() -> PublicKeys.beside(file, ".pub"));
  }

  /**
   * Opens an encrypted file.
   *
   * @return empty if {@code passphrase} is not the one
   * @throws IOException if the file is gone
   */
  static Optional<KeyFile.Usable> open(KeyFile.Encrypted file, String passphrase)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file.file());
    try {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (text.contains(Pkcs8.BEGIN_ENCRYPTED)) {
        bytes = Pkcs8.decrypt(text, passphrase);
      }
      List<KeyPair> pairs = load(file.file(), bytes, passphrase);
      return Optional.of(
          new KeyFile.Usable(file.file(), PublicKeys.withCertificate(file.file(), pairs)));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Padding, check bytes or nonsense where a key should be: each format has its way to say so.
      return Optional.empty();
    }
  }

  private static List<KeyPair> load(Path file, byte[] bytes, String passphrase)
      throws IOException, GeneralSecurityException {
    List<KeyPair> pairs = new ArrayList<>();
    Iterable<KeyPair> loaded =
        SecurityUtils.loadKeyPairIdentities(
            null,
            NamedResource.ofName(file.toString()),
            new ByteArrayInputStream(bytes),
            FilePasswordProvider.of(passphrase));
    if (loaded != null) {
      loaded.forEach(pairs::add);
    }
    if (pairs.isEmpty()) {
      throw new IOException("no private key in a known format");
    }
    for (KeyPair pair : pairs) {
      if (KeyUtils.getKeyType(pair) == null) {
        throw new IOException("a key of an unknown kind");
      }
    }
    return pairs;
  }
}
