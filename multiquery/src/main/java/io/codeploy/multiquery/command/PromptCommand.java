package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.output.Screen;
import io.codeploy.multiquery.prompt.HistoryFile;
import io.codeploy.multiquery.prompt.Keyboard;
import io.codeploy.multiquery.prompt.Prompt;
import io.codeploy.multiquery.prompt.PromptState;
import io.codeploy.multiquery.query.Limits;
import io.codeploy.multiquery.shell.RemoteCommand;
import io.codeploy.multiquery.warm.KeptConnections;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code multiquery} without a command: a prompt over connections that are kept until it is left.
 *
 * @param screen that results are shown on
 */
record PromptCommand(
    RunSettings settings,
    CommandOptions how,
    PromptRuns.Shape shape,
    TimeSource time,
    Surroundings surroundings,
    Screen screen) {
  /** Runs it until it is left. Asks for secrets before the first line. */
  ExitCode run(
      List<Node> nodes,
      Limits limits,
      ConnectorFactory connectors,
      Keyboards keyboards,
      Operator operator)
      throws UsageException, IOException {
    if (how.input()) {
      throw new UsageException("-I wants a command: a prompt has no input to give");
    }
    PromptState state = PromptState.of(nodes, shape.view().promptView(), limits);
    Groups groups = settings.nodeOptions().groups(surroundings);
    try (KeptConnections connections = connections(connectors);
        RememberedSecret secret = new RememberedSecret(operator.secrets())) {
      connections.prepare(state.nodes());
      complete("true", secret).close();
      try (Keyboard keyboard = keyboards.open(history(), groups::names)) {
        PromptRuns runs =
            new PromptRuns(
                new QueryCall(connections, time, surroundings, screen),
                connections,
                text -> complete(text, secret),
                shape,
                keyboard);
        return code(new Prompt(state, keyboard, runs, groups, surroundings.out()).run());
      }
    }
  }

  /** A home that cannot be written to is no reason not to work. */
  private Optional<Path> history() {
    try {
      return Optional.of(HistoryFile.of(surroundings.home(), surroundings.environment()).prepare());
    } catch (IOException e) {
      surroundings.err().println("multiquery: " + e.getMessage());
      return Optional.empty();
    }
  }

  private KeptConnections connections(ConnectorFactory connectors) throws IOException {
    int most =
        surroundings.controls().openFiles().stream()
            .map(files -> settings.ssh().window(files, Integer.MAX_VALUE, surroundings))
            .findFirst()
            .orElse(Integer.MAX_VALUE);
    return new KeptConnections(
        settings.persistent(connectors.open(settings.ssh(), List.of()), time, surroundings),
        most,
        time);
  }

  private RemoteCommand complete(String text, Operator.Secrets secret) throws IOException {
    return how.complete(text, surroundings, secret);
  }

  private static ExitCode code(Prompt.End end) {
    return switch (end) {
      case LEFT -> ExitCode.OK;
      case INTERRUPTED -> ExitCode.INTERRUPTED;
    };
  }
}
