package io.codeploy.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.output.LiveLine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private final Captured out = new Captured();
  private final Captured err = new Captured();

  @Test
  void leavesOneLineAPhaseAndOneAFailureOnTheTerminal() {
    View view = new Views(out.stream(), err.stream(), true, false).text();

    Samples.events().forEach(view::on);
    view.finish(Samples.result());

    assertEquals(
        List.of(
            "codeploy: left out, not a file: run.sock",
            "scan: 1,234 files, 102.4 MB, 81.0 MB to travel",
            "n3: connection refused?[2J",
            "agents: ready on 3 nodes, failed on 1, 3.4 s",
            "origin: reached by 1 node, 0.1 s",
            "transfer: 2 of 3 are done after 9.8 s; stragglers: n4",
            "n4: x/y: is a directory; remove it",
            "transfer: done on 2 nodes, failed on 1, 5.1 s"),
        shown(err.text()));
    assertTrue(out.text().startsWith("4 nodes: 2 have the tree, 2 do not\n"), out.text());
  }

  @Test
  void coloursFailuresUnlessToldNotTo() {
    View view = new Views(out.stream(), err.stream(), true, true).text();

    Samples.events().forEach(view::on);

    assertTrue(err.text().contains("\033[31mn3: connection refused?[2J\033[0m\n"), err.text());
  }

  @Test
  void keepsTheLiveLineBelowWhatIsPrintedMeanwhile() {
    LiveLine line = new LiveLine(err.stream(), false);

    line.draw("half done");
    line.above("n3: failed");

    assertEquals("\r\033[Khalf done\r\033[Kn3: failed\nhalf done", err.text());
  }

  /** What stays: of each line the text after the last time that it was cleared. */
  private static List<String> shown(String bytes) {
    return Arrays.stream(bytes.split("\n"))
        .map(line -> line.substring(line.lastIndexOf("\033[K") + 3))
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
