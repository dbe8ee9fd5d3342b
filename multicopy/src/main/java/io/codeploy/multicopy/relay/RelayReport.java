package io.codeploy.multicopy.relay;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
  public RelayReport {
    Objects.requireNonNull(direct, "direct is null");
    direct = Map.copyOf(direct);
  }

  /** Whether there was nothing to carry. */
  public boolean isEmpty() {
    return nodes == 0 && direct.isEmpty();
  }

  /** In a line. */
  public String line() {
    StringBuilder line = new StringBuilder("relay: ");
    if (nodes > 0) {
      line.append(
          "%s left this machine for %s on %d %s"
              .formatted(
                  megabytes(sentBytes),
                  megabytes(deliveredBytes),
                  nodes,
                  nodes == 1 ? "node" : "nodes"));
    }
    new TreeMap<>(direct)
        .forEach(
            (reason, count) -> {
              line.append(line.length() > "relay: ".length() ? "; " : "");
              line.append("%d sent to directly (%s)".formatted(count, reason));
            });
    return line.length() > "relay: ".length() ? line.toString() : "relay: nothing to carry";
  }

  private static String megabytes(long bytes) {
    return "%.1f MB".formatted(bytes / 1e6);
  }
}
