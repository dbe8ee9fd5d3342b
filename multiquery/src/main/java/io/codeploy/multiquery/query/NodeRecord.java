package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** What is noted of one node from its launch to its answer. Used by the node's task. */
final class NodeRecord {
  private final int rank;
  private final Node node;
  private final QueryListener listener;
  private final TimeSource time;
  private final Duration launched;
  private final long launchNanos;
  private final OutputTap stdout;
  private final OutputTap stderr;
  private Optional<Duration> connected = Optional.empty();

  /** The launch of a node in a run that began at {@code runStartNanos}. */
  NodeRecord(
      int rank,
      Node node,
      QueryListener listener,
      OutputSpace space,
      TimeSource time,
      long runStartNanos) {
    this.rank = rank;
    this.node = node;
    this.listener = listener;
    this.time = time;
    this.launched = time.since(runStartNanos);
    this.launchNanos = time.nanoTime();
    this.stdout = tap(OutputSource.Stream.STDOUT, space);
    this.stderr = tap(OutputSource.Stream.STDERR, space);
  }

  private OutputTap tap(OutputSource.Stream stream, OutputSpace space) {
    CapturedOutput kept =
        listener.delivery().kept() ? new CapturedOutput(space) : CapturedOutput.ofLengthOnly();
    return new OutputTap(new OutputSource(rank, node, stream), kept, listener);
  }

  /** The sink of the command's stdout. */
  OutputStream stdout() {
    return stdout;
  }

  /** The sink of its stderr. */
  OutputStream stderr() {
    return stderr;
  }

  /** Notes that the connection has come about. */
  void connected() {
    connected = Optional.of(time.since(launchNanos));
  }

  /** The end: nothing that still comes in counts any more. */
  void answer(NodeOutcome<ExitStatus> outcome) {
    Timings timings = new Timings(launched, connected, time.since(launchNanos));
    listener.answered(
        new NodeAnswer(rank, node, stdout.finish(), stderr.finish(), outcome, timings));
  }
}
