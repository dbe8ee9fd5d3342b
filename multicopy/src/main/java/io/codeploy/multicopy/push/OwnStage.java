package io.codeploy.multicopy.push;

import java.util.Optional;

/** The stage that a push has on its node, known to the next attempt at it. Used by one thread. */
public final class OwnStage {
  private Optional<String> path = Optional.empty();

  void is(String stage) {
    path = Optional.of(stage);
  }

  /** Its path from the base directory, if a push came so far. */
  Optional<String> path() {
    return path;
  }
}
