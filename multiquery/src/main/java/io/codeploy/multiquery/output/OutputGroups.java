package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.CapturedOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Outputs of nodes, each different one kept once. */
final class OutputGroups implements AutoCloseable {
  private final Map<Key, List<OutputGroup>> groups = new HashMap<>();

  /** What equal outputs have in common, and few others. */
  private record Key(boolean complete, long length, long checksum) {}

  /** Takes {@code output} over: keeps it if it is the first of its kind, closes it otherwise. */
  void add(String name, int rank, boolean complete, CapturedOutput output) throws IOException {
    Key key = new Key(complete, output.length(), output.checksum());
    List<OutputGroup> alike = groups.computeIfAbsent(key, any -> new ArrayList<>(1));
    for (int i = 0; i < alike.size(); i++) {
      if (alike.get(i).output().sameBytes(output)) {
        output.close();
        alike.set(i, alike.get(i).with(name, rank));
        return;
      }
    }
    alike.add(new OutputGroup(output, complete, new ArrayList<>(List.of(name)), rank));
  }

  /** Those with the most nodes first, or in the order of the list of nodes. */
  List<OutputGroup> sorted(boolean inOrder) {
    Comparator<OutputGroup> byRank = Comparator.comparingInt(OutputGroup::firstRank);
    Comparator<OutputGroup> bySize =
        Comparator.comparing(OutputGroup::complete)
            .thenComparing(group -> group.names().size())
            .reversed();
    return groups.values().stream()
        .flatMap(List::stream)
        .sorted(inOrder ? byRank : bySize.thenComparing(byRank))
        .toList();
  }

  @Override
  public void close() throws IOException {
    for (OutputGroup group : sorted(true)) {
      group.output().close();
    }
  }
}
