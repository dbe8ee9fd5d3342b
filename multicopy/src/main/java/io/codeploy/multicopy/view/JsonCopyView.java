package io.codeploy.multicopy.view;

import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyResult;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.JsonLine;
import io.codeploy.multiquery.output.JsonRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** One JSON object a line for each node, then one for the run: docs/formats/multicopy-json.md. */
public final class JsonCopyView implements CopyListener {
  private final JsonRun run;
  private CopyTotals totals = CopyTotals.NONE;

  /** For a run over {@code count} nodes. */
  public JsonCopyView(int count, OutputStream out) {
    this.run = new JsonRun(count, out);
  }

  @Override
  public void finished(CopyResult result) {
    totals = totals.plus(result.totals());
    try {
      JsonLine line = beginNode(result.rank(), result.node(), result.outcome());
      run.timings(line, result.timings());
      put(line, result.totals());
      if (result.outcome() instanceof NodeOutcome.Succeeded<CopyTotals> succeeded
          && succeeded.value().plan().isPresent()) {
        line.put("plan", succeeded.value().plan().get().text());
      }
      line.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void unlaunched(int rank, Node node, NodeOutcome<CopyTotals> outcome) {
    try {
      beginNode(rank, node, outcome).end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonLine beginNode(int rank, Node node, NodeOutcome<CopyTotals> outcome)
      throws IOException {
    JsonLine line = run.node(rank, node);
    switch (outcome) {
      case NodeOutcome.Succeeded<CopyTotals> done -> run.succeeded(line);
      case NodeOutcome.Failed<CopyTotals> failed -> run.failed(line, failed.failure());
      case NodeOutcome.NotRun<CopyTotals> stopped -> run.notRun(line, stopped.reason());
    }
    return line;
  }

  private static JsonLine put(JsonLine line, CopyTotals totals) throws IOException {
    return line.put("files", totals.files())
        .put("bytes", totals.bytes())
        .put("skipped", totals.skipped());
  }

  @Override
  public void ended() {
    try {
      put(run.summary(), totals).end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
