package io.codeploy.multicopy.command;

import io.codeploy.multicopy.expand.CopyArguments;
import io.codeploy.multicopy.expand.Location;
import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.pull.Into;
import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multicopy.relay.RelaySettings;
import io.codeploy.multicopy.transfer.CopyEngine;
import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyRequest;
import io.codeploy.multiquery.command.ConnectorFactory;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.FailedNodesOptions;
import io.codeploy.multiquery.command.NodeOptions;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.RunEnd;
import io.codeploy.multiquery.command.RunSettings;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command: arguments to one copy per node, outcomes to the classic frame and an exit status.
 */
final class MulticopyCommand {
  private final ConnectorFactory connectors;
  private final TimeSource time;
  private final boolean terminal;

  MulticopyCommand(ConnectorFactory connectors, TimeSource time) {
    this(connectors, time, false);
  }

  private MulticopyCommand(ConnectorFactory connectors, TimeSource time, boolean terminal) {
    this.connectors = connectors;
    this.time = time;
    this.terminal = terminal;
  }

  /** This one, with stderr on a terminal if {@code terminal}. */
  MulticopyCommand on(boolean terminal) {
    return new MulticopyCommand(connectors, time, terminal);
  }

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("multicopy");
    Options.addTo(spec);
    SelectionOptions.addTo(spec);
    PullOptions.addTo(spec);
    TransferOptions.addTo(spec);
    RelayOptions.addTo(spec);
    spec.addPositional(
        Options.words(
            "PATH",
            "sources, then the destination; @: at the start is the node, any other @ its name,"
                + " @@ is @"));
    LimitOptions.addTo(spec);
    ReportOptions.addTo(spec);
    spec.usageMessage()
        .customSynopsis("multicopy [OPTION]... SOURCE... DESTINATION")
        .description(
            "Copies to, from and on every node in parallel. --dry-run tells what would be done, and"
                + " without paths the nodes.");
    return spec;
  }

  ExitCode run(ParseResult parsed, Surroundings surroundings) throws UsageException, IOException {
    OptionValues options = OptionValues.of(parsed, surroundings);
    RunSettings asked = RunSettings.of(options).attended();
    List<Node> nodes = asked.nodes(surroundings);
    if (nodes.isEmpty()) {
      return asked.nodeOptions().noneFailed("multicopy", surroundings.err());
    }
    boolean dryRun = asked.nodeOptions().dryRun();
    if (dryRun && !parsed.hasMatchedPositional(0)) {
      return NodeOptions.print(nodes, surroundings.out());
    }
    FailedNodesOptions.check(options);
    RunSettings settings = asked.within(surroundings, "multicopy");
    Optional<RelaySettings> relay = RelayOptions.of(options, surroundings);
    CopyArguments arguments = arguments(parsed);
    CopyRequest direct = toRequest(arguments, options, settings, nodes, surroundings.userName());
    requireHere(arguments.common());
    if (relay.isPresent() && !direct.sending().rates().equals(Rates.NONE)) {
      throw new UsageException("--bwlimit does not hold for agents; leave out it or --relay");
    }
    CopyRequest request =
        relay.map(how -> direct.relayed(how, RelayOptions.pace(direct.pace()))).orElse(direct);
    return run(request, settings, ReportOptions.of(options), surroundings);
  }

  private ExitCode run(
      CopyRequest request, RunSettings settings, ReportOptions report, Surroundings surroundings)
      throws UsageException, IOException {
    long start = time.nanoTime();
    long seed = surroundings.random().nextLong();
    try (Connector connector =
        RunSettings.persistent(
            connectors.open(settings.ssh(), List.of()), request.retries(), time, surroundings)) {
      connector.prepare(request.nodes());
      CopyEngine engine = new CopyEngine(connector, time, surroundings.controls().steering(), seed);
      CopyListener views =
          new Views(report, surroundings, time, terminal).listener(request.copies().size());
      CopyReport told =
          new CopyReport(request.nodes(), engine.run(request, views), time.since(start));
      return new RunEnd("multicopy", report.summary(), report.failedNodes(), surroundings.err())
          .of(told.told(request.pace().barrier()), Optional.empty());
    }
  }

  private static CopyArguments arguments(ParseResult parsed) throws UsageException {
    List<String> paths = parsed.matchedPositionalValue(0, List.of());
    List<String> words = parsed.originalArgs();
    if (!words.subList(0, words.size() - paths.size()).contains("--")) {
      refuseOptions(paths, parsed.commandSpec());
    }
    try {
      return CopyArguments.of(paths);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void refuseOptions(List<String> paths, CommandSpec spec) throws UsageException {
    for (String path : paths) {
      if (spec.optionsMap().containsKey(path.replaceFirst("=.*", ""))) {
        throw new UsageException(
            "%s comes after a path; options come first, and a file of this name is ./%s"
                .formatted(path, path));
      }
    }
  }

  /** What no node could get is told before anything starts. */
  private static void requireHere(List<Location.Local> sources) throws IOException {
    for (Location.Local source : sources) {
      Files.readAttributes(Path.of(source.path()), BasicFileAttributes.class);
    }
  }

  private static CopyRequest toRequest(
      CopyArguments arguments,
      OptionValues options,
      RunSettings settings,
      List<Node> nodes,
      String userName)
      throws UsageException {
    List<NodeCopy> copies = nodes.stream().map(arguments::forNode).toList();
    String user = settings.ssh().slice().orElse(userName);
    Optional<Into> into = PullOptions.of(options, copies, user);
    Optional<String> collision = into.isPresent() ? Optional.empty() : arguments.collision(nodes);
    if (collision.isPresent()) {
      throw new UsageException(collision.get());
    }
    RetryRule retries = LimitOptions.retries(settings.retries());
    return new CopyRequest(
        copies,
        SelectionOptions.fitting(
            SelectionOptions.of(options, settings.nodeOptions().dryRun()), copies),
        into,
        TransferOptions.of(options),
        settings.pace(),
        LimitOptions.of(options, retries),
        retries,
        Optional.empty());
  }
}
