package io.codeploy.multiquery.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One block per group: the nodes between two rules, then their output. Nodes that wrote nothing are
 * named only beside others that wrote something.
 */
record Blocks(Colours colours) implements GroupPrinter {
  private static final String RULE = "-".repeat(15);

  @Override
  public void print(List<OutputGroup> groups, LineWriter to) throws IOException {
    if (groups.stream().anyMatch(group -> group.output().length() > 0)) {
      for (OutputGroup group : groups) {
        block(group, to);
      }
    }
    to.flush();
  }

  void block(OutputGroup group, LineWriter to) throws IOException {
    line(RULE, to);
    line(colours.name(group.title()), to);
    line(RULE, to);
    to.append(group.output());
  }

  static void line(String text, LineWriter to) throws IOException {
    to.begin(text.getBytes(StandardCharsets.UTF_8));
    to.append(new byte[] {'\n'}, 0, 1);
  }
}
