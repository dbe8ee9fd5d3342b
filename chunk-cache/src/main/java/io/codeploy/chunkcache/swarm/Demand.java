package io.codeploy.chunkcache.swarm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who waits for chunks of a part: fetches of this node, and other members that ask. */
final class Demand {
  private final List<Fetch> fetches = new ArrayList<>();
  private final Map<Integer, Integer> askers = new HashMap<>();

  void open(Fetch fetch) {
    fetches.add(fetch);
  }

  void close(Fetch fetch) {
    fetches.remove(fetch);
  }

  void ask(int chunk) {
    askers.merge(chunk, 1, Integer::sum);
  }

  void endAsk(int chunk) {
    askers.computeIfPresent(chunk, (any, count) -> count == 1 ? null : count - 1);
  }

  /** The fetches whose sink the caller is to give {@code chunk} to. */
  List<Fetch> claim(int chunk) {
    return fetches.stream().filter(fetch -> fetch.claim(chunk)).toList();
  }

  boolean exists(int chunk) {
    return askers.containsKey(chunk) || fetches.stream().anyMatch(fetch -> fetch.wants(chunk));
  }
}
