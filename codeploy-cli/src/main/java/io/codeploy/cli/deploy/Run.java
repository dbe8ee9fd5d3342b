package io.codeploy.cli.deploy;

import io.codeploy.cli.deploy.DeployEvent.NodeEnded;
import io.codeploy.cli.deploy.DeployEvent.PhaseEnded;
import io.codeploy.cli.deploy.DeployEvent.PhaseStarted;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.Job;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.fanout.RunSoFar;
import io.codeploy.multiquery.fanout.Steering;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure.Straggler;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

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
  private final Steering steering;
  private final long startNanos;

  /**
   * @param steering of the windows of its parts
   */
  Run(List<Node> nodes, DeployListener listener, TimeSource time, Steering steering) {
    this.nodes = nodes;
    this.outcomes = new AtomicReferenceArray<>(nodes.size());
    this.listener = listener;
    this.time = time;
    this.steering = steering;
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

  /** Nodes by their places. */
  List<Node> nodes(List<Integer> indexes) {
    return indexes.stream().map(nodes::get).toList();
  }

  /**
   * Does a part of the run on some of its nodes, as {@link Fanout#map}.
   *
   * @param pace of the whole run: what came before counts
   */
  <I, O> List<O> map(String name, Pace pace, List<I> items, Job<I, O> job) {
    RunSoFar before = new RunSoFar(nodes.size(), startNanos, failures());
    return new Fanout(name, pace, time, steering).map(items, job, before);
  }

  /** Stragglers are none: enough others were there. */
  private int failures() {
    int failures = 0;
    for (int i = 0; i < nodes.size(); i++) {
      failures +=
          outcomes.get(i) instanceof Failed<NodeReport> failed
                  && !(failed.failure() instanceof Straggler)
              ? 1
              : 0;
    }
    return failures;
  }

  /** Whether a node has got what it was to get, so far. */
  boolean anySucceeded() {
    return IntStream.range(0, outcomes.length())
        .anyMatch(i -> outcomes.get(i) instanceof Succeeded<NodeReport>);
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
