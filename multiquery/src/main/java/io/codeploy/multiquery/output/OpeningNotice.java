package io.codeploy.multiquery.output;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeNames;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The line on stderr that tells how many are there, and who is late, when a barrier opens. */
public record OpeningNotice(String command, int nodes, PrintStream err) {
  /** Prints it. */
  public void opened(int arrived, List<Node> stragglers, Duration after) {
    err.print(command + ": " + text(arrived, nodes, stragglers, after) + "\n");
    err.flush();
  }

  /** Such as {@code 98 of 100 are done after 3.2 s; stragglers: n[07,12]}. */
  public static String text(int arrived, int nodes, List<Node> stragglers, Duration after) {
    String late =
        stragglers.isEmpty()
            ? ""
            : "; stragglers: " + NodeNames.fold(stragglers.stream().map(Node::name).toList());
    double seconds = after.toMillis() / 1000.0;
    return String.format(
        Locale.ROOT, "%d of %d are done after %.1f s%s", arrived, nodes, seconds, late);
  }
}
