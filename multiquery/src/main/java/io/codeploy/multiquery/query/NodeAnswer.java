package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.io.IOException;
import java.util.Objects;

/**
 * What a node answered. Closing it forgets the output.
 *
 * @param rank of the node in the request, from 0
 * @param stdout as far as it came, also where the node failed; under live delivery its length alone
 * @param stderr likewise
 * @param outcome succeeded when the command ended by itself, whatever its exit status
 */
public record NodeAnswer(
    int rank,
    Node node,
    CapturedOutput stdout,
    CapturedOutput stderr,
    NodeOutcome<ExitStatus> outcome,
    Timings timings)
    implements AutoCloseable {
  public NodeAnswer {
    Objects.requireNonNull(node, "node is null");
    Objects.requireNonNull(stdout, "stdout is null");
    Objects.requireNonNull(stderr, "stderr is null");
    Objects.requireNonNull(outcome, "outcome is null");
    Objects.requireNonNull(timings, "timings is null");
  }

  @Override
  public void close() throws IOException {
    try (stdout) {
      stderr.close();
    }
  }
}
