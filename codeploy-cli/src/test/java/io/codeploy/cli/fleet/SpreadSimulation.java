package io.codeploy.cli.fleet;

import io.codeploy.cli.fleet.SeedPlan.Answer;
import io.codeploy.cli.fleet.SeedPlan.Asker;
import io.codeploy.cli.fleet.SeedPlan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes that get an image as {@link SeedPlan} says, in virtual time. Whoever gives several copies
 * at once shares its link among them.
 */
final class SpreadSimulation {
  private static final double TICK = 0.05;

  /** The limit for connecting, which those that do not reach each other lose each time. */
  private static final double CONNECTING = 4;

  /** What a source is called that is this machine. */
  private static final int HERE = -1;

  private final double here;
  private final double seed;
  private final double start;
  private final SeedPlan plan = new SeedPlan();
  private final List<Simulated> nodes = new ArrayList<>();
  private int sent;
  private double now;

  private static final class Simulated {
    private final Set<Integer> tried = new HashSet<>();
    private Step step = new Step.Wait();
    private double done;
    private double since;
    private State state = State.WANTS;
  }

  private enum State {
    WANTS,
    GETS,
    STARTS,
    IS_SEED
  }

  /**
   * @param here seconds for a copy from this machine
   * @param seed seconds for a copy from a node; infinite if it cannot be reached
   * @param start seconds from the image to an agent
   */
  SpreadSimulation(int count, double here, double seed, double start) {
    this.here = here;
    this.seed = seed;
    this.start = start;
    for (int i = 0; i < count; i++) {
      nodes.add(new Simulated());
    }
  }

  /** Runs until each node has its agent. */
  SpreadSimulation run() {
    while (nodes.stream().anyMatch(node -> node.state != State.IS_SEED)) {
      nodes.forEach(this::begin);
      Map<Integer, Integer> load = new HashMap<>();
      nodes.stream()
          .filter(node -> node.state == State.GETS)
          .forEach(node -> load.merge(source(node), 1, Integer::sum));
      now += TICK;
      nodes.forEach(node -> goOn(node, load));
    }
    return this;
  }

  int sent() {
    return sent;
  }

  double seconds() {
    return now;
  }

  private void begin(Simulated node) {
    if (node.state != State.WANTS) {
      return;
    }
    Step step = plan.next(new Asker("", 0, Set.copyOf(node.tried), true), (long) (now * 1e9));
    if (!(step instanceof Step.Wait)) {
      node.step = step;
      node.state = State.GETS;
      node.done = 0;
      node.since = now;
    }
  }

  private void goOn(Simulated node, Map<Integer, Integer> load) {
    switch (node.state) {
      case GETS -> get(node, load.getOrDefault(source(node), 1));
      case STARTS -> {
        if (now - node.since >= start) {
          plan.seed("");
          plan.over("");
          node.state = State.IS_SEED;
        }
      }
      case WANTS, IS_SEED -> {}
    }
  }

  private void get(Simulated node, int sharing) {
    node.done += TICK / sharing / (source(node) == HERE ? here : seed);
    if (node.done >= 1) {
      plan.arrived(node.step);
      sent += source(node) == HERE ? 1 : 0;
      node.state = State.STARTS;
      node.since = now;
    } else if (node.step instanceof Step.Fetch fetch
        && Double.isInfinite(seed)
        && now - node.since >= CONNECTING) {
      plan.refused(fetch, Answer.LOST, "");
      node.tried.add(fetch.seed());
      node.state = State.WANTS;
    }
  }

  private static int source(Simulated node) {
    return node.step instanceof Step.Fetch fetch ? fetch.seed() : HERE;
  }

  @Override
  public String toString() {
    return "%d sent, %.1f s".formatted(sent, now);
  }
}
