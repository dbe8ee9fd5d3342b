package io.codeploy.chunkcache.swarm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** Who is known to hold which chunk of a part. */
final class HaveMap {
  private final Map<Integer, BitSet> byRank = new TreeMap<>();
  private final int[] holders;

  HaveMap(int chunks) {
    this.holders = new int[chunks];
  }

  /** Notes that {@code rank} holds {@code chunks}; numbers that are no chunk are passed over. */
  void add(int rank, List<Integer> chunks, IntConsumer changed) {
    BitSet held = byRank.computeIfAbsent(rank, any -> new BitSet());
    for (int chunk : chunks) {
      if (chunk >= 0 && chunk < holders.length && !held.get(chunk)) {
        held.set(chunk);
        holders[chunk]++;
        changed.accept(chunk);
      }
    }
  }

  /** Notes that {@code rank} does not hold {@code chunk}. */
  void remove(int rank, int chunk) {
    BitSet held = byRank.get(rank);
    if (held != null && held.get(chunk)) {
      held.clear(chunk);
      holders[chunk]--;
    }
  }

  /** Forgets all that is known of {@code rank}. */
  void forget(int rank, IntConsumer changed) {
    BitSet held = byRank.remove(rank);
    if (held != null) {
      held.stream()
          .forEach(
              chunk -> {
                holders[chunk]--;
                changed.accept(chunk);
              });
    }
  }

  /** How many are known to hold {@code chunk}. */
  int count(int chunk) {
    return holders[chunk];
  }

  /** The ranks that are known to hold {@code chunk}, ascending. */
  List<Integer> holders(int chunk) {
    List<Integer> ranks = new ArrayList<>(holders[chunk]);
    byRank.forEach(
        (rank, held) -> {
          if (held.get(chunk)) {
            ranks.add(rank);
          }
        });
    return ranks;
  }
}
