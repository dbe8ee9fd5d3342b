package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.Connector;
import java.io.IOException;
import java.util.Optional;

/** Makes the one connector of a run. */
@FunctionalInterface
public interface ConnectorFactory {
  /**
   * A connector whose default login is {@code slice}; the caller closes it.
   *
   * @throws IOException if ssh_config cannot be used; the message names file and line
   */
  Connector open(Optional<String> slice) throws IOException;
}
