package io.codeploy.chunkcache.swarm.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Picks the source of a chunk among those that may be asked for it: the better of two random ones
 * (Mitzenmacher, 2001) by how soon it would be done: outstanding requests over measured throughput.
 */
final class SourceChoice {
  private static final double WEIGHT_OF_NEWEST = 0.3;

  private final Window window;
  private final RandomGenerator random;
  private final Map<Integer, Double> bytesPerNano = new HashMap<>();

  private double fastest = Double.MIN_NORMAL;

  SourceChoice(Window window, RandomGenerator random) {
    this.window = window;
    this.random = random;
  }

  void measured(int rank, Outcome.Got got) {
    double rate = (double) got.bytes() / Math.max(1, got.nanos());
    fastest = Math.max(fastest, rate);
    bytesPerNano.merge(rank, rate, (old, newest) -> old + WEIGHT_OF_NEWEST * (newest - old));
  }

  /** Empty when there is none. */
  Optional<Integer> choose(List<Integer> candidates) {
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    int first = candidates.get(random.nextInt(candidates.size()));
    int second = candidates.get(random.nextInt(candidates.size()));
    return Optional.of(cost(second) < cost(first) ? second : first);
  }

  /** A peer that was never measured is taken for a fast one, so that it gets measured. */
  private double cost(int rank) {
    int waiting = 1 + window.outstanding(rank);
    return waiting / bytesPerNano.getOrDefault(rank, fastest);
  }
}
