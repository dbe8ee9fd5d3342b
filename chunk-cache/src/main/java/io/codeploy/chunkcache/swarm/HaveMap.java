package io.codeploy.chunkcache.swarm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** Who is known to hold which chunk of a part. */
final class HaveMap {
  /** More than there are members. */
  private static final int IN_SITE = 1 << 24;

  private final Map<Integer, BitSet> byRank = new TreeMap<>();
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
        count(rank, chunk, 1);
        changed.accept(chunk);
      }
    }
  }

  /** Notes that {@code rank} does not hold {@code chunk}. */
  void remove(int rank, int chunk) {
    BitSet held = byRank.get(rank);
    if (held != null && held.get(chunk)) {
      held.clear(chunk);
      count(rank, chunk, -1);
    }
  }

  /** Forgets all that is known of {@code rank}. */
  void forget(int rank, IntConsumer changed) {
    BitSet held = byRank.remove(rank);
    if (held != null) {
      held.stream()
          .forEach(
              chunk -> {
                count(rank, chunk, -1);
                changed.accept(chunk);
              });
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
          if (held.get(chunk)) {
            ranks.add(rank);
          }
        });
    return ranks;
  }
}
