package io.codeploy.chunkcache.member;

import io.codeploy.chunkcache.chunk.Digest;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Highest random weight (Thaler and Ravishankar, 1998): every member computes for a chunk the same
 * order of those that may ask the origin for it, without talking to the others.
 */
public final class Rendezvous {
  private final int[] ranks;
  private final long[] seeds;
  private final BitSet members = new BitSet();

  /** An order over {@code ranks}, each with the seed of its name, in the same places. */
  public Rendezvous(int[] ranks, long[] seeds) {
    this.ranks = ranks;
    IntStream.of(ranks).forEach(members::set);
    this.seeds = seeds;
  }

  public int size() {
    return ranks.length;
  }

  /** Whether {@code rank} is in the order. */
  public boolean contains(int rank) {
    return members.get(rank);
  }

  /** The ranks of the first {@code count} owners of {@code chunk}, or of all if they are fewer. */
  public int[] owners(Digest chunk, int count) {
    int kept = Math.min(count, ranks.length);
    int[] best = new int[kept];
    long[] weights = new long[kept];
    int filled = 0;
    for (int i = 0; i < ranks.length; i++) {
      long weight = weight(chunk, seeds[i]);
      int at = filled;
      while (at > 0 && Long.compareUnsigned(weight, weights[at - 1]) > 0) {
        at--;
      }
      if (at < kept) {
        int moved = Math.min(filled, kept - 1) - at;
        System.arraycopy(weights, at, weights, at + 1, moved);
        System.arraycopy(best, at, best, at + 1, moved);
        weights[at] = weight;
        best[at] = ranks[i];
        filled = Math.min(filled + 1, kept);
      }
    }
    return best;
  }

  /** How many members come before {@code rank} in the order for {@code chunk}. */
  public int position(Digest chunk, int rank) {
    int self = IntStream.range(0, ranks.length).filter(i -> ranks[i] == rank).findFirst().orElse(0);
    long own = weight(chunk, seeds[self]);
    return (int)
        IntStream.range(0, ranks.length)
            .filter(i -> Long.compareUnsigned(weight(chunk, seeds[i]), own) > 0)
            .count();
  }

  /** What a member's name adds to its weights. */
  public static long seed(String name) {
    return Digest.of(name.getBytes(StandardCharsets.UTF_8)).word0();
  }

  private static long weight(Digest chunk, long seed) {
    return mix(chunk.word0() ^ mix(seed ^ chunk.word1()));
  }

  /**
   * The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every input bit moves half of all.
   */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
