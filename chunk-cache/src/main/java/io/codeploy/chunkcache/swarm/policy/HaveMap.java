package io.codeploy.chunkcache.swarm.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Who is known to hold which chunk of a part. What those under suspicion hold is noted, but counts
 * nowhere, as if nobody held it.
 */
final class HaveMap {
  /** More than there are members. */
  private static final int IN_SITE = 1 << 24;

  private final Map<Integer, BitSet> byRank = new TreeMap<>();
  private final Set<Integer> suspects = new HashSet<>();
  private final int[] holders;
  private final int[] nearHolders;
  private final IntPredicate near;
  private int nearChunks;

  /** {@code near} is true for those that are in this member's site. */
  HaveMap(int chunks, IntPredicate near) {
    this.holders = new int[chunks];
    this.nearHolders = new int[chunks];
    this.near = near;
  }

  /** Notes that {@code rank} holds {@code chunks}; numbers that are no chunk are passed over. */
  void add(int rank, List<Integer> chunks, IntConsumer changed) {
    BitSet held = byRank.computeIfAbsent(rank, any -> new BitSet());
    for (int chunk : chunks) {
      if (chunk >= 0 && chunk < holders.length && !held.get(chunk)) {
        held.set(chunk);
        if (!suspects.contains(rank)) {
          count(rank, chunk, 1);
          changed.accept(chunk);
        }
      }
    }
  }

  /** Notes that {@code rank} does not hold {@code chunk}. */
  void remove(int rank, int chunk) {
    BitSet held = byRank.get(rank);
    if (held != null && held.get(chunk)) {
      held.clear(chunk);
      if (!suspects.contains(rank)) {
        count(rank, chunk, -1);
      }
    }
  }

  /** What {@code rank} holds, and what it will tell of, counts no more until {@link #trust}. */
  void suspect(int rank, IntConsumer changed) {
    if (suspects.add(rank)) {
      countAll(rank, held(rank), -1, changed);
    }
  }

  /** Ends a suspicion, if there is one. */
  void trust(int rank, IntConsumer changed) {
    if (suspects.remove(rank)) {
      countAll(rank, held(rank), 1, changed);
    }
  }

  private BitSet held(int rank) {
    return byRank.getOrDefault(rank, new BitSet());
  }

  private void countAll(int rank, BitSet held, int by, IntConsumer changed) {
    held.stream()
        .forEach(
            chunk -> {
              count(rank, chunk, by);
              changed.accept(chunk);
            });
  }

  /** Forgets all that is known of {@code rank}. */
  void forget(int rank, IntConsumer changed) {
    BitSet held = byRank.remove(rank);
    if (held != null && !suspects.contains(rank)) {
      countAll(rank, held, -1, changed);
    }
  }

  private void count(int rank, int chunk, int by) {
    holders[chunk] += by;
    if (near.test(rank)) {
      int before = nearHolders[chunk];
      nearHolders[chunk] += by;
      nearChunks += Integer.signum(nearHolders[chunk]) - Integer.signum(before);
    }
  }

  /** How rare {@code chunk} is: what this member's site lacks is rarer than what it has. */
  int rarity(int chunk) {
    return nearHolders[chunk] > 0 ? IN_SITE + nearHolders[chunk] : holders[chunk];
  }

  /** How many in this member's site are known to hold {@code chunk}. */
  int nearCount(int chunk) {
    return nearHolders[chunk];
  }

  /** How many chunks somebody in this member's site is known to hold. */
  int nearChunks() {
    return nearChunks;
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
          if (held.get(chunk) && !suspects.contains(rank)) {
            ranks.add(rank);
          }
        });
    return ranks;
  }

  /** The ranks under suspicion that hold {@code chunk}, ascending. */
  List<Integer> suspectHolders(int chunk) {
    return suspects.stream().filter(rank -> holds(rank, chunk)).sorted().toList();
  }

  /** Whether {@code rank} is known to hold {@code chunk}, be it under suspicion or not. */
  boolean holds(int rank, int chunk) {
    return held(rank).get(chunk);
  }
}
