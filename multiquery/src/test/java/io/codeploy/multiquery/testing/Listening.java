package io.codeploy.multiquery.testing;

import io.codeploy.multiquery.ssh.config.Person;
import java.util.List;
import java.util.Optional;

/**
 * A person without a terminal, who hears what is told.
 *
 * @param heard grows
 */
public record Listening(List<String> heard) implements Person {
  @Override
  public Optional<char[]> secret(String question) {
    return Optional.empty();
  }

  @Override
  public void tell(String notice) {
    heard.add(notice);
  }
}
