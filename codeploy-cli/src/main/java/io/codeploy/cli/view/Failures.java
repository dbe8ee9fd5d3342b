package io.codeploy.cli.view;

import io.codeploy.cli.deploy.DeployEvent.NodeEnded;
import io.codeploy.cli.deploy.NodeReport;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.NotRun;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import io.codeploy.multiquery.output.Printable;
import java.util.Optional;

/** The line {@code node: message} of a node that failed. */
final class Failures {
  private Failures() {}

  static Optional<String> line(NodeEnded ended) {
    return switch (ended.outcome()) {
      case Failed<NodeReport> failed ->
          Optional.of(Printable.line(ended.node().name() + ": " + failed.failure().message()));
      case Succeeded<NodeReport> succeeded -> Optional.empty();
      case NotRun<NodeReport> notRun -> Optional.empty();
    };
  }
}
