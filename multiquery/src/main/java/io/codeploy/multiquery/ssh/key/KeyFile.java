package io.codeploy.multiquery.ssh.key;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

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
   * A key under a passphrase.
   *
   * @param publicKey which one it is, where the file or its {@code .pub} tells
   */
  record Encrypted(Path file, Optional<PublicKey> publicKey) implements KeyFile {}

  /**
   * A key of ours that others may read or write, which ssh does not use either; an agent may hold
   * it.
   *
   * @param mode its permissions, octal
   */
  record Exposed(Path file, Optional<PublicKey> publicKey, String mode) implements KeyFile {
    /** For people. */
    String reason() {
      return "is left alone, as by ssh, since others may use it (permissions "
          + mode
          + "); run chmod 600 '"
          + file
          + "'";
    }
  }

  /**
   * A key that this process cannot sign with, but an agent may.
   *
   * @param reason for people
   */
  record Foreign(Path file, Optional<PublicKey> publicKey, String reason) implements KeyFile {}

  /** A file that cannot be read, or holds no key. */
  record Broken(Path file, String reason) implements KeyFile {}

  record Missing(Path file) implements KeyFile {}
}
