package io.codeploy.multiquery.prompt;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.time.Duration;
import java.util.Optional;

/** Results of nodes, made up. */
final class Ran {
  private Ran() {}

  /** A node that exited with {@code status} after {@code millis} and said {@code said}. */
  static NodeResult ended(String name, int status, long millis, String said) {
    return new NodeResult(
        ScriptedConnector.node(name),
        new NodeOutcome.Succeeded<>(new ExitStatus.Exited(status), Duration.ofMillis(millis)),
        Duration.ofMillis(millis),
        Optional.of(new NodeResult.Said(true, said.length(), said.hashCode())));
  }

  static NodeResult ended(String name, int status, long millis) {
    return ended(name, status, millis, "");
  }

  static NodeResult failed(String name, NodeFailure failure) {
    Duration took = Duration.ofSeconds(9);
    return new NodeResult(
        ScriptedConnector.node(name),
        new NodeOutcome.Failed<>(failure, took),
        took,
        Optional.empty());
  }

  static NodeResult notRun(String name) {
    return NodeResult.notRun(ScriptedConnector.node(name));
  }
}
