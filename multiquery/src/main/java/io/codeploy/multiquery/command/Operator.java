package io.codeploy.multiquery.command;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who started the command, if somebody sits there.
 *
 * @param secrets asks for them
 * @param onInterrupt takes what is to be done at Ctrl-C instead of the end
 */
record Operator(Secrets secrets, Consumer<Runnable> onInterrupt) {
  /** Nobody: has no secrets and presses no key. */
  static final Operator ABSENT = new Operator(question -> Optional.empty(), action -> {});

  /** Asks for a secret; empty where there is no terminal to ask on. */
  @FunctionalInterface
  interface Secrets {
    Optional<char[]> ask(String question) throws IOException;
  }

  Operator {
    Objects.requireNonNull(secrets, "secrets is null");
    Objects.requireNonNull(onInterrupt, "onInterrupt is null");
  }
}
