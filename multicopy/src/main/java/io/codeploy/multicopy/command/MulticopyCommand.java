package io.codeploy.multicopy.command;

import io.codeploy.multicopy.expand.CopyArguments;
import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.push.Selection;
import io.codeploy.multicopy.transfer.CopyEngine;
import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyRequest;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.command.ConnectorFactory;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.NodeOptions;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.RunSettings;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.ClassicView;
import io.codeploy.multiquery.output.OpeningNotice;
import io.codeploy.multiquery.output.RunSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command: arguments to one copy per node, outcomes to the classic frame and an exit status.
 */
final class MulticopyCommand {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
  private static final Duration DEFAULT_PROGRESS_LIMIT = Duration.ofSeconds(30);

  private final ConnectorFactory connectors;
  private final TimeSource time;

  MulticopyCommand(ConnectorFactory connectors, TimeSource time) {
    this.connectors = connectors;
    this.time = time;
  }

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("multicopy");
    Options.addTo(spec);
    SelectionOptions.addTo(spec);
    spec.addPositional(
        Options.words(
            "PATH",
            "sources, then the destination; @: at the start is the node, any other @ its name,"
                + " @@ is @"));
    spec.usageMessage()
        .customSynopsis("multicopy [OPTION]... SOURCE... DESTINATION")
        .description(
            "Copies to, from and on every node in parallel; --timeout is time without progress.");
    return spec;
  }

  ExitCode run(ParseResult parsed, Surroundings surroundings) throws UsageException, IOException {
    OptionValues options = OptionValues.of(parsed, surroundings);
    RunSettings asked = RunSettings.of(options).attended();
    List<Node> nodes = asked.nodes(surroundings);
    if (asked.nodeOptions().dryRun()) {
      return NodeOptions.print(nodes, surroundings.out());
    }
    RunSettings settings = asked.within(surroundings, "multicopy");
    CopyRequest request = toRequest(parsed, settings, nodes, SelectionOptions.of(options));
    OpeningNotice notice = new OpeningNotice("multicopy", nodes.size(), surroundings.err());
    CopyView view = new CopyView(new ClassicView(surroundings.out(), surroundings.err()), notice);
    CopyListener live = settings.inOrder() ? new CopyView.Later(notice) : view;
    long start = time.nanoTime();
    List<NodeOutcome<CopyTotals>> outcomes;
    try (Connector connector =
        settings.persistent(connectors.open(settings.ssh()), time, surroundings)) {
      connector.prepare(nodes);
      outcomes =
          new CopyEngine(connector, time, surroundings.controls().steering()).run(request, live);
    }
    RunSummary summary = new RunSummary();
    for (int i = 0; i < nodes.size(); i++) {
      summary.count(nodes.get(i), outcomes.get(i));
      if (settings.inOrder()) {
        view.finished(nodes.get(i), outcomes.get(i));
      }
    }
    if (!summary.allOk()) {
      surroundings.err().println("multicopy: " + summary.line(time.since(start)));
    }
    return ExitCode.of(outcomes, settings.pace().barrier());
  }

  static CopyRequest toRequest(
      ParseResult parsed, RunSettings settings, List<Node> nodes, Selection selection)
      throws UsageException {
    CopyArguments arguments;
    try {
      arguments = CopyArguments.of(parsed.matchedPositionalValue(0, List.<String>of()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    Optional<String> collision = arguments.collision(nodes);
    if (collision.isPresent()) {
      throw new UsageException(collision.get());
    }
    List<NodeCopy> copies = nodes.stream().map(arguments::forNode).toList();
    return new CopyRequest(
        copies,
        SelectionOptions.fitting(selection, copies),
        settings.pace(),
        CONNECT_LIMIT,
        settings.timeout().orElse(DEFAULT_PROGRESS_LIMIT));
  }
}
