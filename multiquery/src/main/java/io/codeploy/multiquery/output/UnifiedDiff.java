package io.codeploy.multiquery.output;

import java.util.ArrayList;
import java.util.List;

/** A difference as {@code diff -u} writes it, without its two lines of names. */
final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final String NO_NEWLINE = "\\ No newline at end of output";

  private final List<String> before;
  private final List<String> after;
  private final List<String> out = new ArrayList<>();

  private UnifiedDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /**
   * The lines of the difference, without newlines; none if there is none.
   *
   * @param before lines, each with its newline but perhaps the last
   */
  static List<String> of(List<String> before, List<String> after) {
    UnifiedDiff diff = new UnifiedDiff(before, after);
    List<Change> hunk = new ArrayList<>();
    for (Change change : LineDiff.between(before, after)) {
      if (!hunk.isEmpty() && change.oldFrom() - hunk.getLast().oldTo() > 2 * CONTEXT) {
        diff.hunk(hunk);
        hunk.clear();
      }
      hunk.add(change);
    }
    if (!hunk.isEmpty()) {
      diff.hunk(hunk);
    }
    return diff.out;
  }

  private void hunk(List<Change> changes) {
    Change first = changes.getFirst();
    Change last = changes.getLast();
    int lead = Math.min(CONTEXT, first.oldFrom());
    int trail = Math.min(CONTEXT, before.size() - last.oldTo());
    out.add(
        "@@ -%s +%s @@"
            .formatted(
                range(first.oldFrom() - lead, last.oldTo() + trail),
                range(first.newFrom() - lead, last.newTo() + trail)));
    int at = first.oldFrom() - lead;
    for (Change change : changes) {
      lines(' ', before.subList(at, change.oldFrom()));
      lines('-', before.subList(change.oldFrom(), change.oldTo()));
      lines('+', after.subList(change.newFrom(), change.newTo()));
      at = change.oldTo();
    }
    lines(' ', before.subList(at, last.oldTo() + trail));
  }

  /** From 1, with a length unless it is 1; the line before where it is 0. */
  private static String range(int from, int to) {
    int length = to - from;
    return length == 1 ? "" + to : (length == 0 ? from : from + 1) + "," + length;
  }

  private void lines(char sign, List<String> lines) {
    for (String line : lines) {
      boolean whole = line.endsWith("\n");
      out.add(sign + (whole ? line.substring(0, line.length() - 1) : line));
      if (!whole) {
        out.add(NO_NEWLINE);
      }
    }
  }
}
