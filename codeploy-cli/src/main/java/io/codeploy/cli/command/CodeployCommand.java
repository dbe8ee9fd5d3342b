package io.codeploy.cli.command;

import io.codeploy.cli.deploy.DeployResult;
import io.codeploy.cli.deploy.NodeReport;
import io.codeploy.cli.deploy.NodeResult;
import io.codeploy.cli.deploy.StopResult;
import io.codeploy.cli.origin.OriginException;
import io.codeploy.cli.scan.ScanException;
import io.codeploy.cli.view.StopView;
import io.codeploy.cli.view.View;
import io.codeploy.cli.view.Views;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.FailedNodes;
import io.codeploy.multiquery.command.NodeOptions;
import io.codeploy.multiquery.command.RunEnd;
import io.codeploy.multiquery.command.RunSettings;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The command: parsed arguments in, exit status out. */
final class CodeployCommand {
  private static final String NAME = "codeploy";

  private final Views views;
  private final Engines engines;

  CodeployCommand(Views views, Engines engines) {
    this.views = views;
    this.engines = engines;
  }

  /** Runs to the end. */
  ExitCode run(ParseResult parsed, Surroundings surroundings) throws UsageException, IOException {
    RequestTranslation translation = new RequestTranslation(parsed, surroundings);
    RunSettings settings = translation.settings();
    List<Node> nodes = settings.nodes(surroundings);
    if (nodes.isEmpty()) {
      return settings.nodeOptions().noneFailed(NAME, surroundings.err());
    }
    if (settings.nodeOptions().dryRun()) {
      return NodeOptions.print(nodes, surroundings.out());
    }
    return parsed.hasMatchedOption(Arguments.STOP_AGENTS)
        ? stop(translation, nodes)
        : deploy(translation, nodes);
  }

  private ExitCode deploy(RequestTranslation translation, List<Node> nodes)
      throws UsageException, IOException {
    Invocation invocation = translation.toRequest(nodes);
    Optional<FailedNodes> failedNodes = translation.failedNodes();
    Optional<Path> report = translation.reportFile();
    View view = translation.json() ? views.json() : views.text();
    DeployResult result;
    try {
      result = engines.deploy(invocation, view);
    } catch (ScanException | OriginException e) {
      throw new IOException(e.getMessage(), e);
    }
    view.finish(result);
    List<NodeOutcome<NodeReport>> outcomes =
        result.nodes().stream().map(NodeResult::outcome).toList();
    ExitCode code = ExitCode.of(outcomes, invocation.deployment().pace().nodes().barrier());
    ExitCode ended =
        end(
            failedNodes,
            RunEnd.Report.of(
                Optional.empty(),
                nodes,
                outcomes,
                result.interrupted() ? code.or(ExitCode.INTERRUPTED) : code));
    if (report.isPresent()) {
      Views.report(result, report.get());
    }
    return ended;
  }

  private ExitCode stop(RequestTranslation translation, List<Node> nodes)
      throws UsageException, IOException {
    StopRequest request = translation.toStopRequest(nodes);
    Optional<FailedNodes> failedNodes = translation.failedNodes();
    StopResult result = engines.stop(request);
    new StopView(views.out(), views.err()).finish(result);
    return end(
        failedNodes,
        RunEnd.Report.of(
            Optional.empty(), nodes, result.outcomes(), ExitCode.of(result.outcomes().stream())));
  }

  /** Views have summed up already. */
  private ExitCode end(Optional<FailedNodes> failedNodes, RunEnd.Report report) {
    return new RunEnd(NAME, false, failedNodes, views.err()).of(report, Optional.empty());
  }
}
