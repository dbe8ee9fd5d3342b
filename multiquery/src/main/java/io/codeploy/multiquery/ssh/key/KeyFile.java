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

  /** A key that this process does not sign with as it is, but an agent that holds it may. */
  sealed interface ForAgent extends KeyFile {
    /** Which one it is, where the file or its {@code .pub} tells. */
    Optional<PublicKey> publicKey();

    /** Why not, for people. */
    String reason();
  }

  /** A key under a passphrase. */
  record Encrypted(Path file, Optional<PublicKey> publicKey) implements ForAgent {
    @Override
    public String reason() {
      return "is encrypted; load it into ssh-agent with ssh-add";
    }
  }

  /**
   * A key of ours that others may read or write, which ssh does not use either.
   *
   * @param mode its permissions, octal
   */
  record Exposed(Path file, Optional<PublicKey> publicKey, String mode) implements ForAgent {
    @Override
    public String reason() {
      return "is left alone, as by ssh, since others may use it (permissions "
          + mode
          + "); run chmod 600 '"
          + file
          + "'";
    }
  }

  /** A key that this process cannot sign with. */
  record Foreign(Path file, Optional<PublicKey> publicKey, String reason) implements ForAgent {}

  /** A file that cannot be read, or holds no key. */
  record Broken(Path file, String reason) implements KeyFile {}

  record Missing(Path file) implements KeyFile {}
}
