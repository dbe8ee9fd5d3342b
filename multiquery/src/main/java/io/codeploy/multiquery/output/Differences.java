package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.CapturedOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The block of the first group, and a unified difference from it for each other group. */
record Differences(Colours colours) implements GroupPrinter {
  /** Larger outputs are not compared by line: that would take much memory. */
  private static final int MAX_BYTES = 16 << 20;

  @Override
  public void print(List<OutputGroup> groups, LineWriter to) throws IOException {
    if (!groups.isEmpty() && groups.stream().anyMatch(group -> group.output().length() > 0)) {
      OutputGroup most = groups.getFirst();
      new Blocks(colours).block(most, to);
      Optional<List<String>> expected = lines(most.output());
      for (OutputGroup other : groups.subList(1, groups.size())) {
        difference(most, expected, other, to);
      }
    }
    to.flush();
  }

  private void difference(
      OutputGroup most, Optional<List<String>> expected, OutputGroup other, LineWriter to)
      throws IOException {
    Optional<List<String>> actual = lines(other.output());
    if (expected.isEmpty() || actual.isEmpty()) {
      String nodes = colours.name(other.title());
      Blocks.line(
          "binary or large output of " + nodes + " differs: " + other.output().length() + " bytes",
          to);
      return;
    }
    Blocks.line(colours.difference("--- " + most.title()), to);
    Blocks.line(colours.difference("+++ " + other.title()), to);
    for (String line : UnifiedDiff.of(expected.get(), actual.get())) {
      byte[] bytes = colours.difference(line).getBytes(StandardCharsets.ISO_8859_1);
      to.begin(bytes);
      to.append(new byte[] {'\n'}, 0, 1);
    }
  }

  /** Lines, each with its newline, a character a byte; nothing for what has none to compare. */
  private static Optional<List<String>> lines(CapturedOutput output) throws IOException {
    if (output.length() > MAX_BYTES) {
      return Optional.empty();
    }
    String text;
    try (InputStream in = output.open()) {
      text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
    if (text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from) + 1;
      end = end == 0 ? text.length() : end;
      lines.add(text.substring(from, end));
      from = end;
    }
    return Optional.of(lines);
  }
}
