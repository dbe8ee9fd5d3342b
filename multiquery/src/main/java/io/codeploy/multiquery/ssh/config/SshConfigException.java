package io.codeploy.multiquery.ssh.config;

import io.codeploy.multiquery.connect.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;

/** An ssh_config file cannot be read or means something that this reader cannot honour. */
public final class SshConfigException extends IOException {
  private static final long serialVersionUID = 1;

  SshConfigException(Path file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }

  SshConfigException(Path file, IOException cause) {
    super(file + " cannot be read: " + FileTrouble.reason(cause), cause);
  }
}
