package io.codeploy.multicopy.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multicopy.transfer.CopyResult;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.ClassicView;
import io.codeploy.multiquery.query.Timings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FrameViewTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  /** Names of files are in reasons, and a node calls its files as it likes. */
  @Test
  void tellsAReasonInOneLineThatSaysNothingToATerminal() {
    NodeFailure failure =
        new NodeFailure.RemoteFailure("a\u001b[2J\nn2: done\r: Permission denied");
    NodeOutcome<CopyTotals> outcome = new NodeOutcome.Failed<>(failure, Duration.ZERO);
    Node node = new Node("n1", "n1", Optional.empty(), OptionalInt.empty(), Map.of());
    Timings timings = new Timings(Duration.ZERO, Optional.empty(), Duration.ZERO);

    new FrameView(new ClassicView(stream(out), stream(err)))
        .finished(new CopyResult(0, node, outcome, CopyTotals.NONE, timings));

    assertEquals("n1: 0 bytes\n\n", out.toString(StandardCharsets.UTF_8));
    assertEquals("n1: a?[2J?n2: done?: Permission denied\n", err.toString(StandardCharsets.UTF_8));
  }
}
