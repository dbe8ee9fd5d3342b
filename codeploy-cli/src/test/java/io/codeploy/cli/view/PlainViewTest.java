package io.codeploy.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainViewTest {
  private final Captured out = new Captured();
  private final Captured err = new Captured();
  private final View view = new Views(out.stream(), err.stream(), false, true).text();

  @Test
  void printsALineForEachPhaseAndEachFailedNode() {
    Samples.events().forEach(view::on);

    assertEquals(
        """
        codeploy: left out, not a file: run.sock
        scan: 1,234 files, 102.4 MB, 81.0 MB to travel
        n3: connection refused?[2J
        agents: ready on 3 nodes, failed on 1, 3.4 s
        origin: reached by 1 node, 0.1 s
        transfer: 2 of 3 are done after 9.8 s; stragglers: n4
        n4: x/y: is a directory; remove it
        transfer: done on 2 nodes, failed on 1, 5.1 s
        """,
        err.text());
    assertEquals("", out.text());
  }

  @Test
  void countsStragglersByWhatBecameOfThem() {
    view.finish(Samples.cut());

    assertEquals(
        List.of(
            "4 nodes: 1 have the tree, 3 do not",
            "  cut as stragglers: n2 (1)",
            "  left to finish: n3 (1)",
            "  not done, too many others had failed: n4 (1)"),
        out.text().lines().limit(4).toList());
  }

  @Test
  void printsTheSummaryToStandardOutput() {
    view.finish(Samples.result());

    assertEquals(
        """
        4 nodes: 2 have the tree, 2 do not
          unreachable: n3 (1)
          failed remotely: n4 (1)
        paths on all nodes: 2,000 created, 400 updated, 8 attributes, 2 deleted, 20 unchanged
        origin sent 81.1 MB; nodes received 162.0 MB, all of which a star would have sent (50.1 %)
        slowest: n2 6.0 s, n1 5.0 s
        elapsed: 9.8 s
        """,
        out.text());
    assertEquals("", err.text());
  }
}
