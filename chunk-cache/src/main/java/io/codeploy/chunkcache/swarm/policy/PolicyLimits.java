package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * The figures of {@link SwarmPolicy}.
 *
 * @param owners how many members may ask the origin for a chunk, one after the other
 * @param fromOrigin chunks asked of the origin at once
 * @param fromPeer chunks asked of one peer at once; in a large site, one ({@link Window})
 * @param total chunks asked for at once
 * @param polls have-maps asked for at once
 * @param lease how long an owner may show no progress before the next one takes over
 */
public record PolicyLimits(
    int owners, int fromOrigin, int fromPeer, int total, int polls, Duration lease) {
  public static final PolicyLimits DEFAULT =
      new PolicyLimits(3, 2, 4, 8, 64, Duration.ofSeconds(5));

  public PolicyLimits {
    Objects.requireNonNull(lease, "lease is null");
  }
}
