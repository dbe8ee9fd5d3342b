package io.codeploy.cli.deploy;

import io.codeploy.cli.deploy.DeployEvent.NodeEnded;
import io.codeploy.cli.deploy.DeployEvent.PhaseEnded;
import io.codeploy.cli.deploy.DeployEvent.PhaseStarted;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The bookkeeping of one run: an outcome slot a node, filled once. Safe for many threads. */
final class Run {
  /** What a phase does. */
  @FunctionalInterface
  interface Body<T, E extends Exception> {
    T run() throws E, InterruptedException;
  }

  private final List<Node> nodes;
  private final AtomicReferenceArray<NodeOutcome<NodeReport>> outcomes;
  private final DeployListener listener;
  private final TimeSource time;
  private final long startNanos;

  Run(List<Node> nodes, DeployListener listener, TimeSource time) {
    this.nodes = nodes;
    this.outcomes = new AtomicReferenceArray<>(nodes.size());
    this.listener = listener;
    this.time = time;
    this.startNanos = time.nanoTime();
  }

  TimeSource time() {
    return time;
  }

  long startNanos() {
    return startNanos;
  }

  void tell(DeployEvent event) {
    listener.on(event);
  }

  /** Runs a phase with its events around it. */
  <T, E extends Exception> T phase(Phase phase, int size, Body<T, E> body)
      throws E, InterruptedException {
    long start = time.nanoTime();
    tell(new PhaseStarted(phase, size));
    T result = body.run();
    tell(new PhaseEnded(phase, time.since(start)));
    return result;
  }

  /** Settles what became of a node; the first outcome holds. */
  void end(int index, NodeOutcome<NodeReport> outcome) {
    if (outcomes.compareAndSet(index, null, outcome)) {
      tell(new NodeEnded(nodes.get(index), outcome));
    }
  }

  /** One result for each node, once those without one are settled as not run. */
  List<NodeResult> results() {
    List<NodeResult> results = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      end(i, new NodeOutcome.NotRun<>());
      results.add(new NodeResult(nodes.get(i), outcomes.get(i)));
    }
    return results;
  }
}
