package io.codeploy.agent.control;

import java.util.Objects;

/**
 * Asks an agent to give the archive that its image was unpacked from to the first who shows {@code
 * token} within an hour.
 *
 * @param digest of the archive, 64 lower-case hexadecimal digits
 * @param token 64 lower-case hexadecimal digits
 */
public record SeedRequest(String digest, String token) {
  public SeedRequest {
    Objects.requireNonNull(digest, "digest is null");
    Objects.requireNonNull(token, "token is null");
  }
}
