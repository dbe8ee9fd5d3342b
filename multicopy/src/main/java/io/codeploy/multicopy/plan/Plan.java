package io.codeploy.multicopy.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that a copy would do for a node.
 *
 * @param unchanged how many files, directories and links are there as they should be
 */
public record Plan(List<Change> changes, int unchanged) {
  public Plan {
    changes = List.copyOf(changes);
  }

  /** A line for each change, then {@code . <n> unchanged}. */
  public String text() {
    return changes.stream().map(change -> change.line() + "\n").collect(Collectors.joining())
        + ". "
        + unchanged
        + " unchanged\n";
  }
}
