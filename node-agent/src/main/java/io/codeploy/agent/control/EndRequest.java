package io.codeploy.agent.control;

import java.util.Objects;

/**
 * Asks an agent to end a deployment, if it runs.
 *
 * @param deployment 32 lower-case hexadecimal digits
 */
public record EndRequest(String deployment) {
  public EndRequest {
    Objects.requireNonNull(deployment, "deployment is null");
  }
}
