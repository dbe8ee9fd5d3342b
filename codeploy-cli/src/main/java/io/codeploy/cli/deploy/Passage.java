package io.codeploy.cli.deploy;

import io.codeploy.cli.deploy.DeployEvent.BarrierOpened;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Job;
import io.codeploy.multiquery.fanout.Opening;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.fanout.Stop;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.fanout.Verdict;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The work of a phase on the nodes that are left. Who comes through it arrives; everybody else is
 * settled in the run.
 */
final class Passage<I, O> implements Job<I, Optional<O>> {
  private final Phase phase;
  private final Run run;
  private final List<I> items;
  private final Function<I, Place> places;
  private final Work<I, O> work;

  /** What is done on one node. */
  @FunctionalInterface
  interface Work<I, O> {
    O on(I item, Turn turn) throws NodeFailedException, InterruptedException;
  }

  /**
   * A node.
   *
   * @param index in the run
   * @param before time that it has taken until now
   */
  record Place(int index, Duration before) {}

  Passage(Phase phase, Run run, List<I> items, Function<I, Place> places, Work<I, O> work) {
    this.phase = phase;
    this.run = run;
    this.items = items;
    this.places = places;
    this.work = work;
  }

  /**
   * Does it, and returns what came of those that came through, in order.
   *
   * @param name of the threads
   * @param pace of the whole run
   */
  List<O> at(Pace pace, String name) {
    return run.map(name, pace, items, this).stream().flatMap(Optional::stream).toList();
  }

  @Override
  public Optional<O> run(I item, Turn turn) {
    long start = run.time().nanoTime();
    try {
      return Optional.of(work.on(item, turn));
    } catch (NodeFailedException e) {
      settle(item, new Failed<>(e.failure(), elapsed(item, start)));
    } catch (InterruptedException e) {
      // The fan-out itself knows of the interruption.
      settle(item, turn.why().ended(elapsed(item, start)));
    }
    return Optional.empty();
  }

  @Override
  public Optional<O> skipped(I item, Stop why) {
    settle(item, why.unlaunched());
    return Optional.empty();
  }

  @Override
  public Verdict verdict(Optional<O> result) {
    return result.isPresent() ? Verdict.WELL : Verdict.MISSING;
  }

  @Override
  public void opened(Opening opening) {
    List<Integer> stragglers =
        opening.stragglers().stream().map(i -> places.apply(items.get(i)).index()).toList();
    run.tell(new BarrierOpened(phase, opening.arrived(), run.nodes(stragglers), opening.after()));
  }

  private void settle(I item, NodeOutcome<NodeReport> outcome) {
    run.end(places.apply(item).index(), outcome);
  }

  private Duration elapsed(I item, long startNanos) {
    return places.apply(item).before().plus(run.time().since(startNanos));
  }
}
