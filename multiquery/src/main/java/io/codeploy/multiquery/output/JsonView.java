package io.codeploy.multiquery.output;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** One JSON object a line for each node, then one for the run: docs/formats/multiquery-json.md. */
public final class JsonView implements QueryListener {
  private final JsonRun run;

  public JsonView(List<Node> nodes, OutputStream out) {
    this.run = new JsonRun(nodes.size(), out);
  }

  @Override
  public void answered(NodeAnswer answer) {
    try (answer) {
      JsonLine line = beginNode(answer.rank(), answer.node(), answer.outcome());
      run.timings(line, answer.timings());
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
    JsonLine line = run.node(rank, node);
    switch (outcome) {
      case NodeOutcome.Succeeded<ExitStatus> ended -> ended(line, ended.value());
      case NodeOutcome.Failed<ExitStatus> failure -> run.failed(line, failure.failure());
      case NodeOutcome.NotRun<ExitStatus> stopped -> run.notRun(line, stopped.reason());
    }
    return line;
  }

  private void ended(JsonLine line, ExitStatus status) throws IOException {
    if (status.success()) {
      run.succeeded(line);
    } else {
      run.failed(line, Cause.REMOTE, Verdict.of(status).orElse(""));
    }
    switch (status) {
      case ExitStatus.Exited exited -> line.put("status", exited.code());
      case ExitStatus.Signalled signalled -> line.put("signal", signalled.name());
    }
  }

  @Override
  public void ended() {
    try {
      run.summary().end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
