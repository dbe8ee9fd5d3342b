package io.codeploy.multiquery.output;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.Timings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * What the {@code --json} of all commands over nodes has in common, in words and in order:
 * docs/formats/multiquery-json.md. Counts the nodes as it tells of them.
 */
public final class JsonRun {
  private static final int VERSION = 1;

  private final int count;
  private final OutputStream out;
  private int succeeded;
  private int failed;
  private Duration elapsed = Duration.ZERO;

  /** For a run over {@code count} nodes. */
  public JsonRun(int count, OutputStream out) {
    this.count = count;
    this.out = out;
  }

  /** Begins the line of a node. */
  public JsonLine node(int rank, Node node) throws IOException {
    return begin("nodeEnded").put("node", node.name()).put("rank", rank);
  }

  private JsonLine begin(String event) throws IOException {
    return new JsonLine(out).put("event", event).put("version", VERSION);
  }

  /** The node did what it was asked to. */
  public void succeeded(JsonLine line) throws IOException {
    succeeded++;
    line.put("outcome", "succeeded");
  }

  /** The node failed. */
  public void failed(JsonLine line, NodeFailure failure) throws IOException {
    failed(line, Cause.of(failure), failure.message());
    if (failure instanceof NodeFailure.TimedOut timedOut) {
      line.put("phase", timedOut.phase());
    }
  }

  void failed(JsonLine line, Cause cause, String message) throws IOException {
    failed++;
    line.put("outcome", "failed").put("cause", cause.text()).put("message", message);
  }

  /** The run was stopped before the node was done. */
  public void notRun(JsonLine line, NodeOutcome.NotRun.Reason reason) throws IOException {
    line.put("outcome", "notRun").put("reason", reason.word());
  }

  /** When what happened to a node that was launched. */
  public void timings(JsonLine line, Timings timings) throws IOException {
    Duration end = timings.launched().plus(timings.ended());
    elapsed = end.compareTo(elapsed) > 0 ? end : elapsed;
    line.put("launchedMillis", timings.launched().toMillis());
    Optional<Duration> connected = timings.connected();
    if (connected.isPresent()) {
      line.put("connectedMillis", connected.get().toMillis());
    }
    line.put("elapsedMillis", timings.ended().toMillis());
  }

  /** Begins the line of the whole run. */
  public JsonLine summary() throws IOException {
    return begin("summary")
        .put("nodes", count)
        .put("succeeded", succeeded)
        .put("failed", failed)
        .put("notRun", count - succeeded - failed)
        .put("elapsedMillis", elapsed.toMillis());
  }
}
