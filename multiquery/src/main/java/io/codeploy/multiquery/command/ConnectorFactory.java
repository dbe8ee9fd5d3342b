package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.util.List;

/** Makes the one connector of a run. */
@FunctionalInterface
public interface ConnectorFactory {
  /**
   * A connector as {@code ssh} wants it; the caller closes it.
   *
   * @param first nodes that are connected to, all at once, as soon as it is open and prepared; it
   *     may begin to beforehand. What is begun and not used ends with it
   * @throws IOException if ssh_config or the program cannot be used; one line for people
   */
  Connector open(SshOptions ssh, List<Node> first) throws IOException;
}
