package io.codeploy.multiquery.output;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What has to change in one list of lines to make it another, as little as can be: the greedy
 * algorithm of E. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986).
 * Beyond {@value #MAX_EDITS} lines that differ, everything between the first and the last of them
 * is one change: time and memory stay bounded.
 */
final class LineDiff {
  private static final int MAX_EDITS = 1000;

  private final List<String> before;
  private final List<String> after;
  // Equal lines at both ends are left out of the search.
  private final int start;
  private final int oldCount;
  private final int newCount;
  // For every number of edits, the furthest line of the old text reached on each diagonal.
  private final List<int[]> furthest = new ArrayList<>();

  private LineDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
    int shorter = Math.min(before.size(), after.size());
    int same = 0;
    while (same < shorter && before.get(same).equals(after.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < shorter - same
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    start = same;
    oldCount = before.size() - same - tail;
    newCount = after.size() - same - tail;
  }

  /** The changes, in order, none touching another. */
  static List<Change> between(List<String> before, List<String> after) {
    LineDiff diff = new LineDiff(before, after);
    if (diff.oldCount == 0 && diff.newCount == 0) {
      return List.of();
    }
    if (!diff.search()) {
      int from = diff.start;
      return List.of(new Change(from, from + diff.oldCount, from, from + diff.newCount));
    }
    return diff.trace();
  }

  /** Diagonal k holds the pairs where the old line is k further than the new one. */
  private boolean search() {
    int max = Math.min(MAX_EDITS, oldCount + newCount);
    int[] reach = new int[2 * max + 3];
    int zero = max + 1;
    for (int edits = 0; edits <= max; edits++) {
      for (int k = -edits; k <= edits; k += 2) {
        int x = adds(reach, zero, k, edits) ? reach[zero + k + 1] : reach[zero + k - 1] + 1;
        int y = x - k;
        while (x < oldCount && y < newCount && equal(x, y)) {
          x++;
          y++;
        }
        reach[zero + k] = x;
        if (x >= oldCount && y >= newCount) {
          return true;
        }
      }
      furthest.add(Arrays.copyOfRange(reach, zero - edits, zero + edits + 1));
    }
    return false;
  }

  private boolean equal(int x, int y) {
    return before.get(start + x).equals(after.get(start + y));
  }

  /** Whether the best way onto diagonal {@code k} adds a new line, and not deletes an old one. */
  private static boolean adds(int[] reach, int zero, int k, int edits) {
    return k == -edits || (k != edits && reach[zero + k - 1] < reach[zero + k + 1]);
  }

  /** Walks back from the end, from edit to edit. */
  private List<Change> trace() {
    Deque<Change> changes = new ArrayDeque<>();
    int x = oldCount;
    int y = newCount;
    for (int edits = furthest.size(); edits > 0; edits--) {
      int[] reach = furthest.get(edits - 1);
      int zero = edits - 1;
      int k = x - y;
      boolean added = adds(reach, zero, k, edits);
      int fromX = reach[added ? zero + k + 1 : zero + k - 1];
      int fromY = added ? fromX - k - 1 : fromX - k + 1;
      add(changes, fromX, added ? fromX : fromX + 1, fromY, added ? fromY + 1 : fromY);
      x = fromX;
      y = fromY;
    }
    return List.copyOf(changes);
  }

  /** Joins a change to the one after it when nothing lies between. */
  private void add(Deque<Change> changes, int oldFrom, int oldTo, int newFrom, int newTo) {
    Change one = new Change(start + oldFrom, start + oldTo, start + newFrom, start + newTo);
    Change next = changes.peekFirst();
    if (next != null && next.oldFrom() == one.oldTo() && next.newFrom() == one.newTo()) {
      changes.removeFirst();
      one = new Change(one.oldFrom(), next.oldTo(), one.newFrom(), next.newTo());
    }
    changes.addFirst(one);
  }
}
