package io.codeploy.agent.control;

import java.util.Objects;

/**
 * Asks an agent whether it reaches an origin.
 *
 * @param url an http or https URL
 * @param token shown as a bearer token; empty for none
 */
public record ReachRequest(String url, String token) {
  public ReachRequest {
    Objects.requireNonNull(url, "url is null");
    Objects.requireNonNull(token, "token is null");
  }
}
