package io.codeploy.multiquery.prompt;

import java.time.Duration;
import java.util.Optional;

/** What somebody typed, taken apart. */
sealed interface Line {
  /** Nothing. */
  record Blank() implements Line {}

  /** A command for the current nodes. */
  record Command(String text) implements Line {}

  /** A command for other nodes, this once. */
  record CommandOn(String expression, String text) implements Line {}

  /** {@code :nodes [EXPR]}; without an expression the current ones. */
  record Nodes(Optional<String> expression) implements Line {}

  /** {@code :use EXPR}. */
  record Use(String expression) implements Line {}

  /** {@code :all}. */
  record All() implements Line {}

  /** {@code :sets}. */
  record Sets() implements Line {}

  /** {@code :view [NAME]}; without a name it is told. */
  record Show(Optional<View> view) implements Line {}

  /** {@code :timeout [SECONDS]}; without a number it is told. */
  record Timeout(Optional<Duration> limit) implements Line {}

  /** {@code :reconnect [EXPR]}; without an expression the current ones. */
  record Reconnect(Optional<String> expression) implements Line {}

  /** {@code :history}. */
  record History() implements Line {}

  /** {@code :help}. */
  record Help() implements Line {}

  /** {@code :quit}. */
  record Quit() implements Line {}

  /** What cannot be understood, and why. */
  record Wrong(String why) implements Line {}
}
