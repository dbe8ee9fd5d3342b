package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.Colours;
import io.codeploy.multiquery.output.Noticed;
import io.codeploy.multiquery.output.OpeningNotice;
import io.codeploy.multiquery.output.Running;
import io.codeploy.multiquery.output.Screen;
import io.codeploy.multiquery.query.Limits;
import io.codeploy.multiquery.query.QueryEngine;
import io.codeploy.multiquery.query.QueryListener;
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

  /**
   * @param connectors makes a connector for a default login
   */
  MultiqueryCommand(ConnectorFactory connectors, TimeSource time) {
    this(connectors, time, false, Operator.ABSENT);
  }

  private MultiqueryCommand(
      ConnectorFactory connectors, TimeSource time, boolean terminal, Operator operator) {
    this.connectors = connectors;
    this.time = time;
    this.terminal = terminal;
    this.operator = operator;
  }

  /** This one, with its results on a terminal if {@code terminal}. */
  MultiqueryCommand on(boolean terminal) {
    return new MultiqueryCommand(connectors, time, terminal, operator);
  }

  /** This one, with somebody who can be asked. */
  MultiqueryCommand startedBy(Operator somebody) {
    return new MultiqueryCommand(connectors, time, terminal, somebody);
  }

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("multiquery");
    Options.addTo(spec);
    spec.addOption(
        Options.text("S", "limit for the command (MQ_COMMAND_TIMEOUT)", "--command-timeout"));
    CommandOptions.addTo(spec);
    ViewOptions.addTo(spec);
    EndOptions.addTo(spec);
    spec.addPositional(
        Options.words(
            "COMMAND", "for the login shell of every node; several words are joined by blanks"));
    spec.usageMessage()
        .customSynopsis("multiquery [OPTION]... COMMAND...")
        .description("Runs COMMAND on every node in parallel.");
    return spec;
  }

  ExitCode run(ParseResult parsed, Surroundings surroundings) throws UsageException, IOException {
    OptionValues options = OptionValues.of(parsed, surroundings);
    Optional<FailedNodes> retried = EndOptions.retried(options);
    if (retried.isPresent() && retried.get().isEmpty()) {
      surroundings.err().println("multiquery: no failed nodes in " + retried.get().file());
      return ExitCode.OK;
    }
    RunSettings asked =
        RunSettings.of(retried.map(f -> options.with("nodes", f.file().toString())).orElse(options))
            .attended();
    CommandOptions how = CommandOptions.of(options);
    if (how.input() && asked.nodeOptions().selection().targets().contains("-")) {
      throw new UsageException("-I and -w - both want standard input; give the nodes in a file");
    }
    List<Node> nodes = asked.nodes(surroundings);
    if (asked.nodeOptions().dryRun()) {
      return NodeOptions.print(nodes, surroundings.out());
    }
    RunSettings settings = asked.within(surroundings, "multiquery");
    QueryRequest request = toRequest(parsed, settings, nodes);
    try (RemoteCommand command =
        how.complete(request.command().text(), surroundings, operator.secrets())) {
      return run(request.withCommand(command), settings, options, surroundings);
    }
  }

  private ExitCode run(
      QueryRequest request, RunSettings settings, OptionValues options, Surroundings surroundings)
      throws UsageException, IOException {
    ViewOptions view = ViewOptions.of(options);
    Screen screen = screen(surroundings);
    Views views = new Views(view, screen, surroundings.temporary());
    QueryListener listener =
        new Noticed(
            views.listener(request.nodes()),
            new OpeningNotice("multiquery", request.nodes().size(), surroundings.err()));
    Running running = new Running(listener, time, request.nodes().size());
    operator
        .onInterrupt()
        .accept(() -> surroundings.err().println("\nmultiquery: " + running.line()));
    long start = time.nanoTime();
    List<NodeOutcome<ExitStatus>> outcomes;
    try (Connector connector =
        settings.persistent(connectors.open(settings.ssh()), time, surroundings)) {
      connector.prepare(request.nodes());
      QueryEngine engine =
          new QueryEngine(
              connector, time, surroundings.temporary(), surroundings.controls().steering());
      outcomes = engine.run(request, running);
    }
    RunReport report =
        new RunReport(request.nodes(), outcomes, request.pace().barrier(), time.since(start));
    return new RunEnd(view, EndOptions.of(options), screen).of(report, views.complaint());
  }

  private Screen screen(Surroundings surroundings) {
    boolean coloured =
        terminal
            && surroundings.variable("NO_COLOR").isEmpty()
            && !surroundings.variable("TERM").orElse("dumb").equals("dumb");
    Colours colours = coloured ? Colours.ANSI : Colours.NONE;
    return new Screen(surroundings.out(), surroundings.err(), terminal, colours);
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
}
