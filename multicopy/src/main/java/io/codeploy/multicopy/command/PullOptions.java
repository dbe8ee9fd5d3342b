package io.codeploy.multicopy.command;

import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.pull.Into;
import io.codeploy.multicopy.pull.Layout;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.node.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The option on where a pull puts what it gets. */
final class PullOptions {
  private static final String INTO = "into";

  private PullOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.text(
            "LAYOUT",
            "below the destination of a pull, such as {node}/{name}; also {path}, {user}, {port},"
                + " {rank} (MQ_INTO)",
            "--" + INTO));
  }

  /**
   * The layout that was asked for.
   *
   * @param user login where the list names none
   * @throws UsageException if two nodes could write one path
   */
  static Optional<Into> of(OptionValues options, List<NodeCopy> copies, String user)
      throws UsageException {
    Optional<String> text = options.text(INTO);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!copies.stream().allMatch(NodeCopy::pull)) {
      throw new UsageException("--into is for pulls: sources with @: and a destination here");
    }
    try {
      List<Node> nodes = copies.stream().map(NodeCopy::node).toList();
      Into into = new Into(Layout.parse(text.get()), nodes, user);
      checkApart(into, copies, text.get());
      return Optional.of(into);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--into " + text.get() + ": " + e.getMessage(), e);
    }
  }

  private static void checkApart(Into into, List<NodeCopy> copies, String text)
      throws UsageException {
    Map<Path, List<Node>> byDestination = new HashMap<>();
    for (NodeCopy copy : copies) {
      Path destination = Path.of(copy.destination().path()).normalize();
      byDestination.computeIfAbsent(destination, key -> new ArrayList<>()).add(copy.node());
    }
    for (List<Node> nodes : byDestination.values()) {
      if (!into.isApart(nodes)) {
        throw new UsageException(
            ("--into %s: two nodes could write one path; begin with {node}/,"
                    + " or with {rank}/ where one is listed twice")
                .formatted(text));
      }
    }
  }
}
