package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.output.Colours;
import io.codeploy.multiquery.output.Screen;
import io.codeploy.multiquery.query.Limits;
import io.codeploy.multiquery.query.QueryRequest;
import io.codeploy.multiquery.shell.RemoteCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The command: arguments to request, answers to views, outcomes to an exit status. */
final class MultiqueryCommand {
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

  private final ConnectorFactory connectors;
  private final TimeSource time;
  private final boolean terminal;
  private final Operator operator;
  private final Optional<Keyboards> keyboards;

  /**
   * @param connectors makes the connector of a run or a prompt
   */
  MultiqueryCommand(ConnectorFactory connectors, TimeSource time) {
    this(connectors, time, false, Operator.ABSENT, Optional.empty());
  }

  private MultiqueryCommand(
      ConnectorFactory connectors,
      TimeSource time,
      boolean terminal,
      Operator operator,
      Optional<Keyboards> keyboards) {
    this.connectors = connectors;
    this.time = time;
    this.terminal = terminal;
    this.operator = operator;
    this.keyboards = keyboards;
  }

  /** This one, with its results on a terminal if {@code terminal}. */
  MultiqueryCommand on(boolean terminal) {
    return new MultiqueryCommand(connectors, time, terminal, operator, keyboards);
  }

  /** This one, with somebody who can be asked. */
  MultiqueryCommand startedBy(Operator somebody) {
    return new MultiqueryCommand(connectors, time, terminal, somebody, keyboards);
  }

  /** This one, which opens a prompt where it is given no command. */
  MultiqueryCommand prompting(Keyboards somewhere) {
    return new MultiqueryCommand(connectors, time, terminal, operator, Optional.of(somewhere));
  }

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("multiquery");
    Options.addTo(spec);
    spec.addOption(
        Options.text("S", "limit for the command (MQ_COMMAND_TIMEOUT)", "--command-timeout"));
    spec.addOption(
        Options.flag("tell which sessions --persist keeps; --persist off ends them", "--kept"));
    CommandOptions.addTo(spec);
    ViewOptions.addTo(spec);
    EndOptions.addTo(spec);
    spec.addPositional(
        Options.words(
            "COMMAND", "for the login shell of every node; several words are joined by blanks"));
    spec.usageMessage()
        .customSynopsis("multiquery [OPTION]... COMMAND...")
        .description(
            "Runs COMMAND on every node in parallel; on a terminal, without one, asks for them.");
    return spec;
  }

  ExitCode run(ParseResult parsed, Surroundings surroundings) throws UsageException, IOException {
    OptionValues options = OptionValues.of(parsed, surroundings);
    if (options.typed().flag("kept")) {
      return new WarmSessions(surroundings, time).list();
    }
    if (PersistOptions.refused(options) && words(parsed).isEmpty()) {
      return new WarmSessions(surroundings, time).quit();
    }
    RunSettings asked = RunSettings.of(options).attended();
    CommandOptions how = CommandOptions.of(options);
    if (how.input() && asked.nodeOptions().selection().targets().contains("-")) {
      throw new UsageException("-I and -w - both want standard input; give the nodes in a file");
    }
    List<Node> nodes = asked.nodes(surroundings);
    if (nodes.isEmpty()) {
      return asked.nodeOptions().noneFailed("multiquery", surroundings.err());
    }
    if (asked.nodeOptions().dryRun()) {
      return NodeOptions.print(nodes, surroundings.out());
    }
    FailedNodesOptions.check(options);
    RunSettings settings = asked.within(surroundings, "multiquery");
    if (words(parsed).isEmpty() && keyboards.isPresent()) {
      return prompt(nodes, settings, how, options, surroundings, keyboards.get());
    }
    QueryRequest request = toRequest(parsed, settings, nodes);
    ViewOptions view = ViewOptions.of(options);
    EndOptions end = EndOptions.of(options);
    try (RemoteCommand command =
        how.complete(request.command().text(), surroundings, operator.secrets())) {
      return run(request.withCommand(command), settings, view, end, surroundings);
    }
  }

  private ExitCode prompt(
      List<Node> nodes,
      RunSettings settings,
      CommandOptions how,
      OptionValues options,
      Surroundings surroundings,
      Keyboards somewhere)
      throws UsageException, IOException {
    PromptRuns.Shape shape =
        new PromptRuns.Shape(settings.pace(), ViewOptions.of(options), EndOptions.of(options));
    return new PromptCommand(settings, how, shape, time, surroundings, screen(surroundings))
        .run(nodes, limits(settings), connectors, somewhere, operator);
  }

  private ExitCode run(
      QueryRequest request,
      RunSettings settings,
      ViewOptions view,
      EndOptions end,
      Surroundings surroundings)
      throws IOException {
    try (Connector connector =
        settings.persistent(connectors.open(settings.ssh(), request.first()), time, surroundings)) {
      connector.prepare(request.nodes());
      return new QueryCall(connector, time, surroundings, screen(surroundings))
          .run(request, view, end, operator.onInterrupt()::accept);
    }
  }

  private Screen screen(Surroundings surroundings) {
    boolean coloured =
        terminal
            && surroundings.variable("NO_COLOR").isEmpty()
            && !surroundings.variable("TERM").orElse("dumb").equals("dumb");
    Colours colours = coloured ? Colours.ANSI : Colours.NONE;
    return new Screen(surroundings.out(), surroundings.err(), terminal, colours);
  }

  static QueryRequest toRequest(ParseResult parsed, RunSettings settings, List<Node> nodes)
      throws UsageException {
    return new QueryRequest(
        nodes, CommandText.of(words(parsed)), settings.pace(), limits(settings));
  }

  private static List<String> words(ParseResult parsed) {
    return parsed.matchedPositionalValue(0, List.<String>of());
  }

  private static Limits limits(RunSettings settings) {
    return new Limits(settings.commandTimeout(), settings.timeout().orElse(DEFAULT_LIMIT));
  }
}
