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
    String late =
        stragglers.isEmpty()
            ? ""
            : "; stragglers: " + NodeNames.fold(stragglers.stream().map(Node::name).toList());
    double seconds = after.toMillis() / 1000.0;
    err.print(
        String.format(
            Locale.ROOT,
            "%s: %d of %d are done after %.1f s%s\n",
            command,
            arrived,
            nodes,
            seconds,
            late));
    err.flush();
  }
}
