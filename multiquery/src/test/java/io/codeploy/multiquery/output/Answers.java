package io.codeploy.multiquery.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.CapturedOutput;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.OutputSpace;
import io.codeploy.multiquery.query.Timings;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Answers for views. All of them stay in memory. */
final class Answers {
  static final Timings TIMINGS =
      new Timings(Duration.ofMillis(5), Optional.of(Duration.ofMillis(20)), Duration.ofSeconds(1));

  private static final OutputSpace SPACE = new OutputSpace(Path.of("nowhere"));

  private Answers() {}

  static NodeOutcome<ExitStatus> exited(int code) {
    return new NodeOutcome.Succeeded<>(new ExitStatus.Exited(code), Duration.ofSeconds(1));
  }

  static NodeOutcome<ExitStatus> failed(NodeFailure failure) {
    return new NodeOutcome.Failed<>(failure, Duration.ofSeconds(1));
  }

  static NodeOutcome<ExitStatus> timedOut(String phase) {
    return failed(new NodeFailure.TimedOut(phase, Duration.ofMillis(2500)));
  }

  static NodeAnswer answer(
      int rank, String node, byte[] stdout, String stderr, NodeOutcome<ExitStatus> outcome)
      throws IOException {
    CapturedOutput out = new CapturedOutput(SPACE);
    CapturedOutput err = new CapturedOutput(SPACE);
    out.write(stdout);
    err.write(stderr.getBytes(UTF_8));
    return new NodeAnswer(rank, ScriptedConnector.node(node), out, err, outcome, TIMINGS);
  }
}
