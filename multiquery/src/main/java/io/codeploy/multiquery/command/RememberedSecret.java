package io.codeploy.multiquery.command;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Asks once, and has the answer ready until it is closed. Used by one thread. */
final class RememberedSecret implements Operator.Secrets, AutoCloseable {
  private final Operator.Secrets person;
  private Optional<Optional<char[]>> answer = Optional.empty();

  RememberedSecret(Operator.Secrets person) {
    this.person = person;
  }

  /** A copy, which is the caller's to wipe. */
  @Override
  public Optional<char[]> ask(String question) throws IOException {
    if (answer.isEmpty()) {
      answer = Optional.of(person.ask(question));
    }
    return answer.get().map(char[]::clone);
  }

  @Override
  public void close() {
    answer.flatMap(given -> given).ifPresent(text -> Arrays.fill(text, '\0'));
  }
}
