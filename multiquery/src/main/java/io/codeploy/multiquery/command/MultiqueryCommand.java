package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.Cause;
import io.codeploy.multiquery.output.ClassicView;
import io.codeploy.multiquery.output.InOrder;
import io.codeploy.multiquery.output.Noticed;
import io.codeploy.multiquery.output.OpeningNotice;
import io.codeploy.multiquery.output.RunSummary;
import io.codeploy.multiquery.query.Limits;
import io.codeploy.multiquery.query.QueryEngine;
import io.codeploy.multiquery.query.QueryListener;
import io.codeploy.multiquery.query.QueryRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The command: arguments to request, answers to the classic frame, outcomes to an exit status. */
final class MultiqueryCommand {
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

  private final ConnectorFactory connectors;
  private final TimeSource time;

  /**
   * @param connectors makes a connector for a default login
   */
  MultiqueryCommand(ConnectorFactory connectors, TimeSource time) {
    this.connectors = connectors;
    this.time = time;
  }

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("multiquery");
    Options.addTo(spec);
    spec.addOption(
        Options.text("S", "limit for the command (MQ_COMMAND_TIMEOUT)", "--command-timeout"));
    spec.addPositional(
        Options.words(
            "COMMAND", "for the login shell of every node; several words are joined by blanks"));
    spec.usageMessage()
        .customSynopsis("multiquery [OPTION]... COMMAND...")
        .description("Runs COMMAND on every node in parallel.");
    return spec;
  }

  ExitCode run(ParseResult parsed, Surroundings surroundings) throws UsageException, IOException {
    RunSettings settings =
        RunSettings.of(OptionValues.of(parsed, surroundings)).within(surroundings, "multiquery");
    QueryRequest request = toRequest(parsed, settings, settings.nodes());
    ClassicView classic = new ClassicView(surroundings.out(), surroundings.err());
    InOrder ordered = new InOrder(classic);
    QueryListener view =
        new Noticed(
            settings.inOrder() ? ordered : classic,
            new OpeningNotice("multiquery", request.nodes().size(), surroundings.err()));
    long start = time.nanoTime();
    List<NodeOutcome<ExitStatus>> outcomes;
    try (Connector connector =
        settings.persistent(connectors.open(settings.slice()), time, surroundings)) {
      QueryEngine engine =
          new QueryEngine(
              connector, time, surroundings.temporary(), surroundings.controls().steering());
      outcomes = engine.run(request, view);
      ordered.flush();
    }
    RunSummary summary = summary(request.nodes(), outcomes);
    if (!summary.allOk()) {
      surroundings.err().println("multiquery: " + summary.line(time.since(start)));
    }
    return ExitCode.of(outcomes, request.pace().barrier()).or(worstStatus(outcomes));
  }

  /** All words joined by blanks are the remote command, as the original had it. */
  static QueryRequest toRequest(ParseResult parsed, RunSettings settings, List<Node> nodes)
      throws UsageException {
    List<String> words = parsed.matchedPositionalValue(0, List.<String>of());
    String command = String.join(" ", words);
    if (command.isBlank()) {
      throw new UsageException("a command is wanted");
    }
    return new QueryRequest(
        nodes,
        command,
        settings.pace(),
        new Limits(settings.commandTimeout(), settings.timeout().orElse(DEFAULT_LIMIT)));
  }

  private static RunSummary summary(List<Node> nodes, List<NodeOutcome<ExitStatus>> outcomes) {
    RunSummary summary = new RunSummary();
    for (int i = 0; i < nodes.size(); i++) {
      if (failedRemotely(outcomes.get(i))) {
        summary.countFailed(nodes.get(i), Cause.REMOTE);
      } else {
        summary.count(nodes.get(i), outcomes.get(i));
      }
    }
    return summary;
  }

  private static ExitCode worstStatus(List<NodeOutcome<ExitStatus>> outcomes) {
    return outcomes.stream().anyMatch(MultiqueryCommand::failedRemotely)
        ? ExitCode.REMOTE
        : ExitCode.OK;
  }

  private static boolean failedRemotely(NodeOutcome<ExitStatus> outcome) {
    return outcome instanceof NodeOutcome.Succeeded<ExitStatus> ended && !ended.value().success();
  }
}
