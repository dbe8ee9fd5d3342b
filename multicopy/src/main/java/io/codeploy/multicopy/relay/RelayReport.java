package io.codeploy.multicopy.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What relaying has saved.
 *
 * @param sentBytes that left this machine for it
 * @param deliveredBytes of content that nodes have got by it
 * @param nodes that have
 * @param direct why others were sent to directly: reasons, and how many nodes each holds for
 */
public record RelayReport(
    long sentBytes, long deliveredBytes, int nodes, Map<String, Integer> direct) {
  /** As many as are told: some differ from node to node. */
  private static final int REASONS = 3;

  public RelayReport {
    Objects.requireNonNull(direct, "direct is null");
    direct = Map.copyOf(direct);
  }

  /** Whether there was nothing to carry. */
  public boolean isEmpty() {
    return nodes == 0 && direct.isEmpty();
  }

  /** In a line, with the reasons that hold for most nodes. */
  public String line() {
    List<String> parts = new ArrayList<>();
    if (nodes > 0) {
      parts.add(
          "%s left this machine for %s on %d %s"
              .formatted(
                  megabytes(sentBytes),
                  megabytes(deliveredBytes),
                  nodes,
                  nodes == 1 ? "node" : "nodes"));
    }
    List<Map.Entry<String, Integer>> reasons =
        direct.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    reasons.stream()
        .limit(REASONS)
        .map(why -> "%d sent to directly (%s)".formatted(why.getValue(), why.getKey()))
        .forEach(parts::add);
    int others = reasons.stream().skip(REASONS).mapToInt(Map.Entry::getValue).sum();
    if (others > 0) {
      parts.add("%d sent to directly for other reasons".formatted(others));
    }
    return "relay: " + (parts.isEmpty() ? "nothing to carry" : String.join("; ", parts));
  }

  private static String megabytes(long bytes) {
    return "%.1f MB".formatted(bytes / 1e6);
  }
}
