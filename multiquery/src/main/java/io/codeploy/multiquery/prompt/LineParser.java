package io.codeploy.multiquery.prompt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells the prompt's own lines from commands: {@code docs/prompt.md}. Made for each anew. */
final class LineParser {
  private final String first;
  private final String rest;

  private LineParser(String first, String rest) {
    this.first = first;
    this.rest = rest;
  }

  /** What {@code text} means. Whatever is not the prompt's own is a command, byte by byte. */
  static Line parse(String text) {
    String typed = text.strip();
    if (typed.isEmpty()) {
      return new Line.Blank();
    }
    if (!typed.matches("(?s)(@\\S|![\\p{Alnum}]|:\\p{Alpha}).*")) {
      return new Line.Command(text);
    }
    String[] words = typed.split("\\s+", 2);
    LineParser parser = new LineParser(words[0], words.length > 1 ? words[1] : "");
    return typed.startsWith(":") ? parser.own() : on(words[0], parser.rest);
  }

  private static Line on(String expression, String command) {
    return command.isEmpty()
        ? new Line.Wrong("a command is wanted after " + expression + "; :use keeps such nodes")
        : new Line.CommandOn(expression, command);
  }

  private Line own() {
    List<Word> words = Word.of(first);
    if (words.size() == 1) {
      return of(words.getFirst());
    }
    String meant = words.stream().map(Word::text).collect(Collectors.joining(", "));
    return new Line.Wrong(
        words.isEmpty()
            ? "no command " + first + "; :help tells them"
            : first + " may be " + meant + "; type more of it");
  }

  private Line of(Word word) {
    return switch (word) {
      case ALL -> alone(new Line.All());
      case HELP -> alone(new Line.Help());
      case HISTORY -> alone(new Line.History());
      case NODES -> new Line.Nodes(perhaps());
      case ON -> on();
      case QUIT -> alone(new Line.Quit());
      case RECONNECT -> new Line.Reconnect(perhaps());
      case SETS -> alone(new Line.Sets());
      case TIMEOUT -> timeout();
      case USE ->
          rest.isEmpty()
              ? new Line.Wrong(":use wants an expression; :all takes all nodes")
              : new Line.Use(rest);
      case VIEW -> view();
    };
  }

  private Optional<String> perhaps() {
    return Optional.of(rest).filter(text -> !text.isEmpty());
  }

  private Line alone(Line line) {
    return rest.isEmpty() ? line : new Line.Wrong(first + " stands alone");
  }

  private Line on() {
    String[] words = rest.split("\\s+", 2);
    return words.length == 2
        ? new Line.CommandOn(words[0], words[1])
        : new Line.Wrong(":on wants an expression without blanks, and a command");
  }

  private Line timeout() {
    boolean seconds = rest.matches("\\d{1,7}(\\.\\d{1,9})?");
    return either(
        text -> seconds ? Optional.of(duration(text)) : Optional.empty(),
        Line.Timeout::new,
        "seconds, 0 for none");
  }

  private static Duration duration(String seconds) {
    return Duration.ofNanos(Math.round(Double.parseDouble(seconds) * 1e9));
  }

  private Line view() {
    return either(View::of, Line.Show::new, String.join(", ", View.texts()));
  }

  /** Nothing, or a value that {@code read} makes of it. */
  private <T> Line either(
      Function<String, Optional<T>> read, Function<Optional<T>, Line> line, String wanted) {
    Optional<T> value = perhaps().flatMap(read);
    return rest.isEmpty() || value.isPresent()
        ? line.apply(value)
        : new Line.Wrong(first + " wants one of " + wanted + ", not \"" + rest + "\"");
  }
}
