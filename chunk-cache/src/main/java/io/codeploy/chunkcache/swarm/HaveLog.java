package io.codeploy.chunkcache.swarm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The chunks of a part that this member has got, in the order in which it got them. */
final class HaveLog {
  private final BitSet logged = new BitSet();
  private int[] entries = new int[64];
  private int size;

  /** Adds a chunk; a chunk that is there already stays where it is. */
  void add(int chunk) {
    if (logged.get(chunk)) {
      return;
    }
    logged.set(chunk);
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    entries[size++] = chunk;
  }

  int size() {
    return size;
  }

  /** At most {@code limit} entries from {@code since}, or from 0 if that is beyond the end. */
  List<Integer> since(long since, int limit) {
    int from = first(since);
    int to = Math.min(size, from + limit);
    return Arrays.stream(entries, from, to).boxed().toList();
  }

  /** The sequence number after the last that {@link #since} gives for the same arguments. */
  long next(long since, int limit) {
    return Math.min(size, first(since) + limit);
  }

  private int first(long since) {
    return since < 0 || since > size ? 0 : (int) since;
  }
}
