package io.codeploy.agent.control;

import java.util.Objects;

/**
 * Whether an agent reaches an origin.
 *
 * @param error why not, in a few words; empty when reached
 */
public record ReachAnswer(boolean reached, String error) {
  public ReachAnswer {
    Objects.requireNonNull(error, "error is null");
  }
}
