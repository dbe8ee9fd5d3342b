package io.codeploy.multiquery.prompt;

import java.util.List;

/** Where somebody types. Used by one thread. */
public interface Keyboard extends AutoCloseable {
  /** What came of asking for a line. */
  sealed interface Typed {
    /** A line, or several that were pasted as one. */
    record Text(String text) implements Typed {}

    /** Ctrl-C: this line is not meant. */
    record Cleared() implements Typed {}

    /** Ctrl-D, or the terminal has gone. */
    record Ended() implements Typed {}

    /** The asking thread was interrupted, which it still is. */
    record Interrupted() implements Typed {}
  }

  /**
   * Shows {@code prompt} and waits for a line.
   *
   * @param state what there is to complete from
   */
  Typed next(String prompt, PromptState state);

  /** Has Ctrl-C call {@code action}, by a thread of its own, while no line is waited for. */
  void onInterrupt(Runnable action);

  /** The lines typed so far, the oldest first. */
  List<String> history();

  @Override
  void close();
}
