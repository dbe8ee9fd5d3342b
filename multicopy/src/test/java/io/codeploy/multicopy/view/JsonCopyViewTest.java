package io.codeploy.multicopy.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.plan.Change;
import io.codeploy.multicopy.plan.Plan;
import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyResult;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.Timings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JsonCopyViewTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Timings TIMINGS =
      new Timings(Duration.ofMillis(5), Optional.of(Duration.ofMillis(20)), SECOND);

  private static Node node(String name) {
    return new Node(name, name, Optional.empty(), OptionalInt.empty(), Map.of());
  }

  private static CopyResult result(
      int rank, NodeOutcome<CopyTotals> outcome, CopyTotals totals, Timings timings) {
    return new CopyResult(rank, node("n" + (rank + 1)), outcome, totals, timings);
  }

  private static CopyResult failed(int rank, NodeFailure failure, CopyTotals totals) {
    return result(rank, new NodeOutcome.Failed<>(failure, SECOND), totals, TIMINGS);
  }

  private static void happen(CopyListener view) {
    CopyTotals all = new CopyTotals(3, 3_000_000, 2);
    view.finished(result(1, new NodeOutcome.Succeeded<>(all, SECOND), all, TIMINGS));
    view.finished(
        failed(
            0,
            new NodeFailure.RemoteFailure("big: No space left on device"),
            new CopyTotals(1, 1_048_576, 0)));
    view.finished(
        failed(
            2,
            new NodeFailure.TimedOut("progress", Duration.ofSeconds(30)),
            new CopyTotals(0, 65_536, 0)));
    view.finished(
        result(
            3,
            new NodeOutcome.Failed<>(new NodeFailure.Unreachable("no route"), SECOND),
            CopyTotals.NONE,
            new Timings(Duration.ofMillis(5), Optional.empty(), SECOND)));
    view.unlaunched(4, node("n5"), new NodeOutcome.NotRun<>(NodeOutcome.NotRun.Reason.HALTED));
    view.ended();
  }

  /** The example of docs/formats/multicopy-json.md. */
  @Test
  void writesTheExampleOfThePage() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    happen(new JsonCopyView(5, out));

    String page = Files.readString(Path.of("../docs/formats/multicopy-json.md"));
    String example =
        page.lines()
            .filter(line -> line.startsWith("    {"))
            .map(line -> line.substring(4) + "\n")
            .collect(Collectors.joining());
    assertEquals(example, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void hasTheListOfADryRun() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Plan plan = new Plan(List.of(new Change(Change.Kind.SEND, 5, "a \"b\"")), 2);
    CopyTotals planned = new CopyTotals(0, 0, 0, Optional.of(plan));

    new JsonCopyView(1, out)
        .finished(
            result(0, new NodeOutcome.Succeeded<>(planned, SECOND), CopyTotals.NONE, TIMINGS));

    String line = out.toString(StandardCharsets.UTF_8);
    assertTrue(
        line.endsWith("\"skipped\":0,\"plan\":\"+ 5 a \\\"b\\\"\\n. 2 unchanged\\n\"}\n"), line);
  }
}
