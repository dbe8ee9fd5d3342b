package io.codeploy.multiquery.query;

import io.codeploy.multiquery.node.Node;
import java.util.Objects;

/**
 * Where a piece of output comes from.
 *
 * @param rank of the node in the request, from 0
 */
public record OutputSource(int rank, Node node, Stream stream) {
  /** The two outputs of a command. */
  public enum Stream {
    STDOUT,
    STDERR
  }

  public OutputSource {
    Objects.requireNonNull(node, "node is null");
    Objects.requireNonNull(stream, "stream is null");
  }
}
