package io.codeploy.multiquery.prompt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes that said the same. */
final class EqualOutputs {
  private EqualOutputs() {}

  /**
   * The groups, as a gathered view sorts them: those whose commands ended first, then the largest,
   * then the first of the list.
   */
  static List<List<NodeResult>> of(List<NodeResult> results) {
    Map<NodeResult.Said, List<NodeResult>> groups = new LinkedHashMap<>();
    for (NodeResult result : results) {
      result
          .said()
          .ifPresent(said -> groups.computeIfAbsent(said, any -> new ArrayList<>()).add(result));
    }
    Comparator<Map.Entry<NodeResult.Said, List<NodeResult>>> order =
        Comparator.comparing(group -> group.getKey().complete() ? 0 : 1);
    return groups.entrySet().stream()
        .sorted(order.thenComparing(group -> -group.getValue().size()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
