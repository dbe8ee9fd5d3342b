package io.codeploy.multicopy.view;

import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.transfer.CopyResult;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multicopy.view.Standing.Copying;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Knows how a run stands, for any thread that asks. */
final class Tracker {
  private final int nodes;
  private final Map<Integer, Running> running = new ConcurrentHashMap<>();

  // Written by who tells of results, one at a time; read by anybody.
  private volatile Ended ended = new Ended(0, 0, Amount.NONE, 0);

  private record Running(Node node, Progress progress) {}

  /** What nodes that are no longer under way came to. */
  private record Ended(int done, int failed, Amount copied, long sentBytes) {}

  /** For a run over so many nodes. */
  Tracker(int nodes) {
    this.nodes = nodes;
  }

  void launched(int rank, Node node, Progress progress) {
    running.put(rank, new Running(node, progress));
  }

  void finished(CopyResult result) {
    boolean done = result.outcome() instanceof NodeOutcome.Succeeded<CopyTotals>;
    Running was = running.remove(result.rank());
    Amount copied = done && was != null ? was.progress().done() : Amount.NONE;
    Ended before = ended;
    ended =
        new Ended(
            before.done() + (done ? 1 : 0),
            before.failed() + (done ? 0 : 1),
            before.copied().plus(copied),
            before.sentBytes() + result.totals().bytes());
  }

  Standing now() {
    List<Copying> copying = new ArrayList<>();
    Ended over = ended;
    long sent = over.sentBytes();
    Amount copied = over.copied();
    Amount known = over.copied();
    int telling = over.done();
    for (Running node : running.values()) {
      Amount done = node.progress().done();
      Optional<Amount> lacking = node.progress().lacking();
      copying.add(new Copying(node.node().name(), done, lacking));
      sent += node.progress().sentBytes();
      copied = copied.plus(done);
      known = known.plus(lacking.orElse(Amount.NONE));
      telling += lacking.isPresent() ? 1 : 0;
    }
    int silent = Math.max(0, nodes - over.failed() - telling);
    boolean estimated = silent > 0 && telling > 0;
    Amount total = estimated ? scaled(known, telling, telling + silent) : known;
    return new Standing(nodes, over.done(), over.failed(), copied, total, estimated, sent, copying);
  }

  private static Amount scaled(Amount amount, int from, int to) {
    return new Amount(
        Math.round((double) amount.files() / from * to),
        Math.round((double) amount.bytes() / from * to));
  }
}
