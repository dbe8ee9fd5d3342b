package io.codeploy.multiquery.prompt;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeListException;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.select.ResultSets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The result sets of the last run, and the current nodes. */
record RunSets(List<Node> current, Optional<LastRun> last) implements ResultSets {
  private static final String CURRENT = "current";
  static final List<String> NAMES =
      List.of("ok", "failed", "slow", "timeout", "unreachable", "last", CURRENT);

  RunSets {
    current = List.copyOf(current);
  }

  @Override
  public boolean knows(String name) {
    return NAMES.contains(name) || name.matches("status=\\d{1,3}|[1-9]\\d{0,5}");
  }

  @Override
  public String reminder() {
    return "; result sets are !" + String.join(", !", NAMES) + ", !status=N, !1 and so on";
  }

  @Override
  public List<Node> find(String name) throws NodeListException {
    if (name.equals(CURRENT)) {
      return current;
    }
    if (last.isEmpty()) {
      throw new NodeListException("nothing has run yet, so that there is no !" + name);
    }
    List<NodeResult> results = last.get().results();
    if (Character.isDigit(name.charAt(0))) {
      return block(Integer.parseInt(name));
    }
    return switch (name) {
      case "slow" -> nodes(Slow.of(results));
      case "ok" -> those(NodeResult::ok);
      case "failed" -> those(result -> !result.ok());
      case "timeout" -> those(RunSets::timedOut);
      case "unreachable" -> those(RunSets::unreachable);
      case "last" -> nodes(results);
      default -> those(result -> status(result).equals(Optional.of(name)));
    };
  }

  /** Every set of the last run that has nodes, by name. */
  SequencedMap<String, List<Node>> all() throws NodeListException {
    List<String> names = new ArrayList<>(NAMES);
    SequencedMap<String, List<Node>> all = new LinkedHashMap<>();
    if (last.isPresent()) {
      TreeSet<String> statuses = new TreeSet<>();
      last.get().results().forEach(result -> status(result).ifPresent(statuses::add));
      statuses.remove("status=0"); // called ok
      names.addAll(names.indexOf("slow"), statuses);
      for (String name : names) {
        List<Node> nodes = find(name);
        if (!nodes.isEmpty()) {
          all.put(name, nodes);
        }
      }
      int number = 1;
      for (List<NodeResult> block : blocks()) {
        all.put(String.valueOf(number++), nodes(block));
      }
    }
    return all;
  }

  private List<Node> block(int number) throws NodeListException {
    List<List<NodeResult>> blocks = blocks();
    if (blocks.isEmpty()) {
      throw new NodeListException("the last run gathered no output; :view gather does");
    }
    return number > blocks.size() ? List.of() : nodes(blocks.get(number - 1));
  }

  private List<List<NodeResult>> blocks() {
    return last.map(run -> EqualOutputs.of(run.results())).orElse(List.of());
  }

  /** As in {@code status=3}. */
  private static Optional<String> status(NodeResult result) {
    return result
        .status()
        .flatMap(
            status ->
                switch (status) {
                  case ExitStatus.Exited exited -> Optional.of("status=" + exited.code());
                  case ExitStatus.Signalled signalled -> Optional.empty();
                });
  }

  private static Optional<NodeFailure> failure(NodeResult result) {
    return result.outcome() instanceof NodeOutcome.Failed<ExitStatus> failed
        ? Optional.of(failed.failure())
        : Optional.empty();
  }

  private static boolean timedOut(NodeResult result) {
    return failure(result).filter(NodeFailure.TimedOut.class::isInstance).isPresent();
  }

  private static boolean unreachable(NodeResult result) {
    return failure(result).filter(RunSets::keptOut).isPresent();
  }

  private static boolean keptOut(NodeFailure failure) {
    return switch (failure) {
      case NodeFailure.Unreachable unreachable -> true;
      case NodeFailure.TurnedAway turnedAway -> true;
      case NodeFailure.HostKeyRejected rejected -> true;
      case NodeFailure.AuthenticationRejected rejected -> true;
      case NodeFailure.TimedOut timedOut -> false;
      case NodeFailure.Straggler straggler -> false;
      case NodeFailure.LeftBehind straggler -> false;
      case NodeFailure.Disconnected disconnected -> false;
      case NodeFailure.RemoteFailure remote -> false;
    };
  }

  private List<Node> those(Predicate<NodeResult> wanted) {
    return nodes(last.orElseThrow().results().stream().filter(wanted).toList());
  }

  private static List<Node> nodes(List<NodeResult> results) {
    return results.stream().map(NodeResult::node).toList();
  }
}
