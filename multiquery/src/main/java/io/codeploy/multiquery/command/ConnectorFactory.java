package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.Connector;
import java.io.IOException;

/** Makes the one connector of a run. */
@FunctionalInterface
public interface ConnectorFactory {
  /**
   * A connector as {@code ssh} wants it; the caller closes it.
   *
   * @throws IOException if ssh_config or the program cannot be used; one line for people
   */
  Connector open(SshOptions ssh) throws IOException;
}
