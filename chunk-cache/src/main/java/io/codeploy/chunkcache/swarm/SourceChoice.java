package io.codeploy.chunkcache.swarm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Picks the source of a chunk among its holders: those of the own site first, and among these the
 * better of two random ones (Mitzenmacher, 2001) by how soon it would be done: outstanding requests
 * over measured throughput.
 */
final class SourceChoice {
  private static final double WEIGHT_OF_NEWEST = 0.3;

  private final int window;
  private final RandomGenerator random;
  private final Map<Integer, Integer> outstanding = new HashMap<>();
  private final Map<Integer, Double> bytesPerNano = new HashMap<>();

  private double fastest = Double.MIN_NORMAL;

  SourceChoice(int window, RandomGenerator random) {
    this.window = window;
    this.random = random;
  }

  boolean hasRoom(int rank) {
    return outstanding.getOrDefault(rank, 0) < window;
  }

  void begin(int rank) {
    outstanding.merge(rank, 1, Integer::sum);
  }

  void end(int rank) {
    outstanding.merge(rank, -1, Integer::sum);
  }

  void measured(int rank, long bytes, long nanos) {
    double rate = (double) bytes / Math.max(1, nanos);
    fastest = Math.max(fastest, rate);
    bytesPerNano.merge(rank, rate, (old, newest) -> old + WEIGHT_OF_NEWEST * (newest - old));
  }

  /** One of {@code near}, else of {@code far}; empty when there is none. */
  Optional<Integer> choose(List<Integer> near, List<Integer> far) {
    List<Integer> candidates = near.isEmpty() ? far : near;
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    int first = candidates.get(random.nextInt(candidates.size()));
    int second = candidates.get(random.nextInt(candidates.size()));
    return Optional.of(cost(second) < cost(first) ? second : first);
  }

  /** A peer that was never measured is taken for a fast one, so that it gets measured. */
  private double cost(int rank) {
    int waiting = 1 + outstanding.getOrDefault(rank, 0);
    return waiting / bytesPerNano.getOrDefault(rank, fastest);
  }
}
