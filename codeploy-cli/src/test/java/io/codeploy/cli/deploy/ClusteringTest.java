package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusteringTest {
  private static final Duration WITHIN = Duration.ofMillis(1);
  private static final Duration BETWEEN = Duration.ofMillis(20);

  private int measurements;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void putsNodesOfEachTownTogether(int towns) {
    Clustering clustering = run(nodes(200), node -> false, towns);

    // Who is near nobody else's leader is one.
    Map<Integer, Set<Integer>> leaders =
        IntStream.range(0, 200)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    node -> node % towns,
                    Collectors.mapping(
                        node -> clustering.leader(node).orElse(node), Collectors.toSet())));
    assertEquals(towns, leaders.size());
    leaders.forEach(
        (town, theirs) -> {
          assertEquals(1, theirs.size(), "leaders in town " + town);
          assertEquals(town, theirs.iterator().next() % towns);
        });
    assertTrue(measurements <= 200 * Clustering.LEADERS * Clustering.ROUNDS);
  }

  @Test
  void leavesNodesAloneThatAreNearNobody() {
    Clustering clustering = run(nodes(30), node -> false, 30);

    nodes(30).forEach(node -> assertEquals(Optional.empty(), clustering.leader(node)));
  }

  @Test
  void endsAfterAFewRoundsWhoeverIsLeft() {
    Clustering clustering = clustering(nodes(1000));
    for (int i = 0; i < Clustering.ROUNDS; i++) {
      assertFalse(clustering.done());
      clustering.measured(
          clustering.asked().stream().collect(Collectors.toMap(n -> n, n -> Map.of())));
    }

    assertTrue(clustering.done());
  }

  @Test
  void goesOnWithoutNodesThatDoNotAnswer() {
    Clustering clustering = run(nodes(40), node -> node % 3 == 0, 2);

    for (int node : nodes(40)) {
      if (node % 3 == 0) {
        assertEquals(Optional.empty(), clustering.leader(node));
      } else {
        clustering.leader(node).ifPresent(leader -> assertEquals(node % 2, leader % 2));
      }
    }
    assertTrue(IntStream.range(0, 40).filter(n -> clustering.leader(n).isPresent()).count() >= 20);
  }

  @Test
  void asksNobodyWhereOneNodeIsAlone() {
    assertTrue(clustering(List.of()).done());
    assertTrue(clustering(List.of(4)).done());
  }

  @Test
  void joinsTheNearestLeader() {
    Clustering clustering = clustering(nodes(Clustering.LEADERS + 8));
    List<Integer> leaders = clustering.leaders();
    int other =
        clustering.asked().stream().filter(n -> !leaders.contains(n)).findFirst().orElseThrow();
    Map<Integer, Map<Integer, Duration>> distances = new HashMap<>();
    clustering.asked().forEach(node -> distances.put(node, Map.of()));
    distances.put(
        other,
        Map.of(
            leaders.get(0), Clustering.NEAR,
            leaders.get(3), Clustering.NEAR.dividedBy(2),
            leaders.get(5), Clustering.NEAR.plusNanos(1)));
    clustering.measured(distances);

    assertEquals(Optional.of(leaders.get(3)), clustering.leader(other));
  }

  private static Clustering clustering(List<Integer> nodes) {
    return new Clustering(nodes, new Random(1));
  }

  private static List<Integer> nodes(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** Nodes live in towns in turn. */
  private Clustering run(List<Integer> nodes, IntPredicate silent, int towns) {
    Clustering clustering = clustering(nodes);
    while (!clustering.done()) {
      List<Integer> leaders = clustering.leaders();
      Map<Integer, Map<Integer, Duration>> distances = new HashMap<>();
      for (int node : clustering.asked()) {
        if (!silent.test(node)) {
          distances.put(node, distances(node, leaders, silent, towns));
        }
      }
      clustering.measured(distances);
    }
    return clustering;
  }

  private Map<Integer, Duration> distances(
      int node, List<Integer> leaders, IntPredicate silent, int towns) {
    Map<Integer, Duration> result = new HashMap<>();
    for (int leader : leaders) {
      measurements++;
      if (!silent.test(leader)) {
        result.put(leader, leader % towns == node % towns ? WITHIN : BETWEEN);
      }
    }
    return result;
  }
}
