package io.codeploy.multiquery.ssh.config;

import java.util.Optional;

/** Whoever sits before the terminal. Implementations may be called by any thread. */
public interface Person {
  /** Nobody: answers nothing, hears nothing. */
  Person NOBODY =
      new Person() {
        @Override
        public Optional<char[]> secret(String question) {
          return Optional.empty();
        }

        @Override
        public void tell(String notice) {}
      };

  /**
   * Asks for a secret, which is not shown while it is typed. Blocks until it is given.
   *
   * @return empty if there is no terminal, or the person gives up
   */
  Optional<char[]> secret(String question);

  /** Says something in a line that is no failure and yet worth knowing. */
  void tell(String notice);
}
