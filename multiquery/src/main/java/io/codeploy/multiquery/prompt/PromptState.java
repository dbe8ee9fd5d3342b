package io.codeploy.multiquery.prompt;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.query.Limits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a prompt remembers from line to line.
 *
 * @param nodes of the session, each name once
 * @param current those that the next command is for
 * @param view that the next command is shown in
 * @param limits of each node
 * @param last the run before, if there was one
 */
public record PromptState(
    List<Node> nodes, List<Node> current, View view, Limits limits, Optional<LastRun> last) {
  public PromptState {
    nodes = List.copyOf(nodes);
    current = List.copyOf(current);
    Objects.requireNonNull(view, "view is null");
    Objects.requireNonNull(limits, "limits is null");
    Objects.requireNonNull(last, "last is null");
  }

  /** That of a new session over {@code nodes}; of those of one name the first is taken. */
  public static PromptState of(List<Node> nodes, View view, Limits limits) {
    Map<String, Node> distinct = new LinkedHashMap<>();
    nodes.forEach(node -> distinct.putIfAbsent(node.name(), node));
    List<Node> all = List.copyOf(distinct.values());
    return new PromptState(all, all, view, limits, Optional.empty());
  }

  PromptState using(List<Node> chosen) {
    return new PromptState(nodes, chosen, view, limits, last);
  }

  PromptState showing(View other) {
    return new PromptState(nodes, current, other, limits, last);
  }

  PromptState limitedTo(Duration whole) {
    return new PromptState(nodes, current, view, new Limits(limits.command(), whole), last);
  }

  PromptState after(LastRun run) {
    return new PromptState(nodes, current, view, limits, Optional.of(run));
  }

  RunSets sets() {
    return new RunSets(current, last);
  }

  /** What stands before the cursor: {@code codeploy[17 of 20] 5> }. */
  String prompt() {
    String count =
        current.size() == nodes.size()
            ? String.valueOf(nodes.size())
            : current.size() + " of " + nodes.size();
    String status = last.filter(run -> run.status() != 0).map(run -> " " + run.status()).orElse("");
    return "codeploy[" + count + "]" + status + "> ";
  }
}
