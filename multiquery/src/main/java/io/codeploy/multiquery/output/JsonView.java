package io.codeploy.multiquery.output;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One JSON object a line for each node, then one for the run: docs/formats/multiquery-json.md. */
public final class JsonView implements QueryListener {
  private static final int VERSION = 1;

  private final int count;
  private final OutputStream out;
  private int succeeded;
  private int failed;
  private Duration elapsed = Duration.ZERO;

  public JsonView(List<Node> nodes, OutputStream out) {
    this.count = nodes.size();
    this.out = out;
  }

  @Override
  public void answered(NodeAnswer answer) {
    Duration end = answer.timings().launched().plus(answer.timings().ended());
    elapsed = end.compareTo(elapsed) > 0 ? end : elapsed;
    try (answer) {
      JsonLine line = beginNode(answer.rank(), answer.node(), answer.outcome());
      line.put("launchedMillis", answer.timings().launched().toMillis());
      Optional<Duration> connected = answer.timings().connected();
      if (connected.isPresent()) {
        line.put("connectedMillis", connected.get().toMillis());
      }
      line.put("elapsedMillis", answer.timings().ended().toMillis());
      line.put("stdout", answer.stdout()).put("stderr", answer.stderr()).end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void unlaunched(int rank, Node node, NodeOutcome<ExitStatus> outcome) {
    try {
      beginNode(rank, node, outcome).end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonLine beginNode(int rank, Node node, NodeOutcome<ExitStatus> outcome)
      throws IOException {
    JsonLine line = begin("nodeEnded").put("node", node.name()).put("rank", rank);
    outcome(line, outcome);
    return line;
  }

  private JsonLine begin(String event) throws IOException {
    return new JsonLine(out).put("event", event).put("version", VERSION);
  }

  private void outcome(JsonLine line, NodeOutcome<ExitStatus> outcome) throws IOException {
    switch (outcome) {
      case NodeOutcome.Succeeded<ExitStatus> ended -> ended(line, ended.value());
      case NodeOutcome.Failed<ExitStatus> failure -> failed(line, failure.failure());
      case NodeOutcome.NotRun<ExitStatus> stopped ->
          line.put("outcome", "notRun").put("reason", stopped.reason().word());
    }
  }

  private void ended(JsonLine line, ExitStatus status) throws IOException {
    if (status.success()) {
      succeeded++;
      line.put("outcome", "succeeded");
    } else {
      failed(line, Cause.REMOTE, Verdict.of(status).orElse(""));
    }
    switch (status) {
      case ExitStatus.Exited exited -> line.put("status", exited.code());
      case ExitStatus.Signalled signalled -> line.put("signal", signalled.name());
    }
  }

  private void failed(JsonLine line, NodeFailure failure) throws IOException {
    failed(line, Cause.of(failure), failure.message());
    if (failure instanceof NodeFailure.TimedOut timedOut) {
      line.put("phase", timedOut.phase());
    }
  }

  private void failed(JsonLine line, Cause cause, String message) throws IOException {
    failed++;
    line.put("outcome", "failed").put("cause", cause.text()).put("message", message);
  }

  @Override
  public void ended() {
    try {
      begin("summary")
          .put("nodes", count)
          .put("succeeded", succeeded)
          .put("failed", failed)
          .put("notRun", count - succeeded - failed)
          .put("elapsedMillis", elapsed.toMillis())
          .end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
