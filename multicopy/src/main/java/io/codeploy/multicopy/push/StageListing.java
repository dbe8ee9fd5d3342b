package io.codeploy.multicopy.push;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.shell.Look;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells some trees what is in their stage. */
final class StageListing implements Look.Listing {
  private final Map<String, NodeTree> byTarget = new HashMap<>();
  private final boolean verified;

  /**
   * @param verified whether a digest tells at the end what was continued
   */
  StageListing(List<NodeTree> trees, boolean verified) {
    trees.forEach(tree -> byTarget.put(tree.target(), tree));
    this.verified = verified;
  }

  @Override
  public void found(Optional<Integer> source, String name, Found found) {
    int slash = name.indexOf('/');
    NodeTree tree = byTarget.get(slash < 0 ? name : name.substring(0, slash));
    if (tree != null) {
      tree.staged(slash < 0 ? "" : name.substring(slash + 1), found, verified);
    }
  }
}
