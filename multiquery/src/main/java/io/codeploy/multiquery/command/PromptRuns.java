package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.prompt.Keyboard;
import io.codeploy.multiquery.prompt.LastRun;
import io.codeploy.multiquery.prompt.PromptState;
import io.codeploy.multiquery.prompt.RunNotes;
import io.codeploy.multiquery.prompt.Runs;
import io.codeploy.multiquery.query.QueryListener;
import io.codeploy.multiquery.query.QueryRequest;
import io.codeploy.multiquery.shell.RemoteCommand;
import io.codeploy.multiquery.warm.KeptConnections;
import java.io.IOException;
import java.util.List;

/** Runs the commands of a prompt as the command line would, over connections that are kept. */
final class PromptRuns implements Runs {
  private final QueryCall call;
  private final KeptConnections connections;
  private final Commands commands;
  private final Shape shape;
  private final Keyboard keyboard;

  /** Makes of a line what is sent. */
  @FunctionalInterface
  interface Commands {
    RemoteCommand of(String text) throws IOException;
  }

  /** What all runs have in common. */
  record Shape(Pace pace, ViewOptions view, EndOptions end) {}

  /**
   * @param call over {@code connections}
   */
  PromptRuns(
      QueryCall call,
      KeptConnections connections,
      Commands commands,
      Shape shape,
      Keyboard keyboard) {
    this.call = call;
    this.connections = connections;
    this.commands = commands;
    this.shape = shape;
    this.keyboard = keyboard;
  }

  @Override
  public LastRun run(String command, List<Node> nodes, PromptState state) throws IOException {
    try (RemoteCommand remote = commands.of(command)) {
      QueryRequest request = new QueryRequest(nodes, remote, shape.pace(), state.limits());
      ViewOptions view = shape.view().showing(state.view());
      RunNotes notes = new RunNotes(nodes);
      ExitCode code =
          StoppableRun.of(() -> call.run(request, view, shape.end(), new Present(notes)));
      return notes.run(code.status());
    } finally {
      keyboard.onInterrupt(() -> {});
      call.surroundings().out().flush();
    }
  }

  @Override
  public void reconnect(List<Node> nodes) {
    connections.forget(nodes);
  }

  /** Who presses keys while a command runs, and who notes what becomes of it. */
  private final class Present implements QueryCall.Company {
    private final RunNotes notes;
    private final InterruptKey key = new InterruptKey(call.time());

    Present(RunNotes notes) {
      this.notes = notes;
    }

    @Override
    public QueryListener beside(QueryListener views) {
      return notes.before(views);
    }

    @Override
    public void onInterrupt(Runnable show) {
      Thread running = Thread.currentThread();
      keyboard.onInterrupt(() -> key.pressed(show, running::interrupt));
    }
  }
}
