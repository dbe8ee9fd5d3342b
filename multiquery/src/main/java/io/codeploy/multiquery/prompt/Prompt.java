package io.codeploy.multiquery.prompt;

import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import io.codeploy.multiquery.node.NodeNames;
import io.codeploy.multiquery.select.Narrowing;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes a line, does what it says, and asks for the next. */
public final class Prompt {
  private final Keyboard keyboard;
  private final Runs runs;
  private final Groups groups;
  private final PrintStream out;
  private PromptState state;

  /** How it came to an end. */
  public enum End {
    /** Somebody left. */
    LEFT,
    /** The thread was interrupted, which it still is. */
    INTERRUPTED
  }

  /**
   * @param state to begin with
   * @param groups that expressions may name
   * @param out for answers and complaints
   */
  public Prompt(PromptState state, Keyboard keyboard, Runs runs, Groups groups, PrintStream out) {
    this.state = state;
    this.keyboard = keyboard;
    this.runs = runs;
    this.groups = groups;
    this.out = out;
  }

  /** Goes on until somebody leaves or the thread is interrupted. */
  public End run() {
    while (!Thread.currentThread().isInterrupted()) {
      out.flush();
      switch (keyboard.next(state.prompt(), state)) {
        case Keyboard.Typed.Text typed -> {
          if (!goesOnAfter(LineParser.parse(typed.text()))) {
            return End.LEFT;
          }
        }
        case Keyboard.Typed.Cleared cleared -> {}
        case Keyboard.Typed.Ended ended -> {
          return End.LEFT;
        }
        case Keyboard.Typed.Interrupted interrupted -> {
          return End.INTERRUPTED;
        }
      }
    }
    return End.INTERRUPTED;
  }

  private boolean goesOnAfter(Line line) {
    try {
      take(line);
    } catch (IOException e) {
      say(String.valueOf(e.getMessage()));
    }
    return !(line instanceof Line.Quit);
  }

  private void take(Line line) throws IOException {
    switch (line) {
      case Line.Blank blank -> {}
      case Line.Command command -> command(command.text(), state.current());
      case Line.CommandOn on -> command(on.text(), choose(on.expression()));
      case Line.Nodes nodes -> tell(chosen(nodes.expression()));
      case Line.Use use -> use(choose(use.expression()));
      case Line.All all -> use(state.nodes());
      case Line.Sets sets -> tellSets();
      case Line.Show show -> show(show.view());
      case Line.Timeout timeout -> limit(timeout.limit());
      case Line.Reconnect again -> reconnect(chosen(again.expression()));
      case Line.History history -> keyboard.history().forEach(this::say);
      case Line.Help help -> help();
      case Line.Quit quit -> {}
      case Line.Wrong wrong -> say(wrong.why());
    }
  }

  private void command(String text, List<Node> nodes) throws IOException {
    state = state.after(runs.run(text, nodes, state));
  }

  private List<Node> chosen(Optional<String> expression) throws NodeListException {
    return expression.isPresent() ? choose(expression.get()) : state.current();
  }

  private List<Node> choose(String expression) throws NodeListException {
    return new Narrowing(groups, state.sets()).choose(expression, state.nodes(), state.current());
  }

  private void use(List<Node> nodes) {
    state = state.using(nodes);
  }

  private void reconnect(List<Node> nodes) {
    runs.reconnect(nodes);
    say("the next command connects anew to " + folded(nodes));
  }

  private void show(Optional<View> view) {
    view.ifPresent(other -> state = state.showing(other));
    if (view.isEmpty()) {
      say(state.view().text());
    }
  }

  private void limit(Optional<Duration> limit) {
    limit.ifPresent(other -> state = state.limitedTo(other));
    if (limit.isEmpty()) {
      Duration whole = state.limits().whole();
      say(whole.isZero() ? "none" : whole.toMillis() / 1000.0 + " s");
    }
  }

  private void tell(List<Node> nodes) {
    say(folded(nodes));
  }

  private void tellSets() throws NodeListException {
    if (state.last().isEmpty()) {
      say("nothing has run yet");
    }
    state.sets().all().forEach((name, nodes) -> say("!%-12s %s".formatted(name, folded(nodes))));
  }

  private void help() {
    say("COMMAND                  run it on the current nodes");
    say("@GROUP COMMAND           run it once on a group");
    say("!SET COMMAND             run it once on a result set: !failed, !slow, see :sets");
    Arrays.stream(Word.values()).map(Word::help).forEach(this::say);
    say("EXPR: n[1-9],web*,@GROUP,!failed,/regex/,-NODE; a!b, a&b, a^b");
  }

  private static String folded(List<Node> nodes) {
    return NodeNames.fold(nodes.stream().map(Node::name).toList()) + " (" + nodes.size() + ")";
  }

  private void say(String line) {
    out.println(line);
  }
}
