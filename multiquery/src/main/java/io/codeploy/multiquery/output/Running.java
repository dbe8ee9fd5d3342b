package io.codeploy.multiquery.output;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeNames;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.QueryListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which nodes are under way, beside what another listener does. */
public final class Running extends Stage {
  private final TimeSource time;
  private final int count;
  private final long startNanos;
  private final Map<Integer, Node> running = new ConcurrentHashMap<>();
  private final Map<Integer, Node> done = new ConcurrentHashMap<>();

  /** For a run over {@code count} nodes that begins now. */
  public Running(QueryListener next, TimeSource time, int count) {
    super(next);
    this.time = time;
    this.count = count;
    this.startNanos = time.nanoTime();
  }

  /**
   * How things stand, in a line: {@code 7 of 12 done, 3 running (n[04-06]), 2 to come, 8.4 s}. May
   * be called by any thread, at any time, and does not wait.
   */
  public String line() {
    List<String> names = running.values().stream().map(Node::name).toList();
    return String.format(
        Locale.ROOT,
        "%d of %d done, %d running (%s), %d to come, %.1f s",
        done.size(),
        count,
        names.size(),
        NodeNames.fold(names),
        Math.max(0, count - done.size() - names.size()),
        time.since(startNanos).toMillis() / 1000.0);
  }

  @Override
  public void launched(int rank, Node node) {
    running.put(rank, node);
    super.launched(rank, node);
  }

  @Override
  public void answered(NodeAnswer answer) {
    done.put(answer.rank(), answer.node());
    running.remove(answer.rank());
    super.answered(answer);
  }
}
