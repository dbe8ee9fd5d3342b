package io.codeploy.agent.plan;

import java.util.List;

/**
 * What is to be done so that the disk has the manifest's tree.
 *
 * @param changes in the order of the manifest, then deletions, deepest first; what was refused is
 *     one, too
 * @param unchanged entries that need nothing
 */
public record Plan(List<Change> changes, int unchanged) {
  public Plan {
    changes = List.copyOf(changes);
  }

  /** The changes of one kind, in order. */
  public <C extends Change> List<C> only(Class<C> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
