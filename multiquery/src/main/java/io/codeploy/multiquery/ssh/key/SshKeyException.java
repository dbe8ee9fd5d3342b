package io.codeploy.multiquery.ssh.key;

import java.io.IOException;
import java.nio.file.Path;

/** A key that was asked for by name cannot be used. */
public final class SshKeyException extends IOException {
  private static final long serialVersionUID = 1;

  SshKeyException(Path file, String problem) {
    super("key " + file + " " + problem);
  }
}
