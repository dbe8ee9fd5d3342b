package io.codeploy.cli.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Which of many nodes are near each other, without measuring between all of them: some are drawn as
 * leaders, whoever is near one joins it, and of the rest others are drawn, for a few rounds (leader
 * clustering; Hartigan, Clustering Algorithms, 1975). Nodes are numbers. For one thread.
 */
final class Clustering {
  /** There and back: more than within a town, less than to the next one. */
  static final Duration NEAR = Duration.ofMillis(3);

  static final int LEADERS = 8;
  static final int ROUNDS = 4;

  private final Map<Integer, Integer> leaderOf = new HashMap<>();
  private List<Integer> left;
  private int rounds;

  /**
   * @param random draws leaders
   */
  Clustering(List<Integer> nodes, RandomGenerator random) {
    List<Integer> drawn = new ArrayList<>(nodes);
    Collections.shuffle(drawn, random);
    this.left = drawn;
  }

  /** Whether there is nothing more to measure. */
  boolean done() {
    return left.size() < 2 || rounds == ROUNDS;
  }

  /** Who is to measure in this round, leaders included. */
  List<Integer> asked() {
    return left;
  }

  /** To whom in this round. */
  List<Integer> leaders() {
    return left.stream().limit(LEADERS).toList();
  }

  /**
   * Ends a round.
   *
   * @param distances of those that answered, to leaders that answered them
   */
  void measured(Map<Integer, Map<Integer, Duration>> distances) {
    List<Integer> leaders = leaders();
    List<Integer> standing = new ArrayList<>();
    for (int leader : leaders) {
      Optional<Integer> other = nearest(standing, distances.getOrDefault(leader, Map.of()));
      other.ifPresentOrElse(near -> leaderOf.put(leader, near), () -> standing.add(leader));
    }
    Set<Integer> settled = new HashSet<>(leaders);
    for (int node : left) {
      Optional<Integer> leader =
          settled.contains(node)
              ? Optional.empty()
              : nearest(standing, distances.getOrDefault(node, Map.of()));
      leader.ifPresent(near -> leaderOf.put(node, near));
    }
    left =
        left.stream()
            .filter(distances::containsKey)
            .filter(node -> !settled.contains(node) && !leaderOf.containsKey(node))
            .toList();
    rounds++;
  }

  /** The leader that {@code node} has joined; empty for leaders and for those near none. */
  Optional<Integer> leader(int node) {
    return Optional.ofNullable(leaderOf.get(node));
  }

  private static Optional<Integer> nearest(List<Integer> among, Map<Integer, Duration> distances) {
    return distances.entrySet().stream()
        .filter(to -> among.contains(to.getKey()) && to.getValue().compareTo(NEAR) <= 0)
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }
}
