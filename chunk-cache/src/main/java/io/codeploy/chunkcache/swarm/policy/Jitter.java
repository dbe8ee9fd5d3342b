package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Spreads those who were sent away, so that they do not all come back at once. */
final class Jitter {
  private final RandomGenerator random;

  Jitter(RandomGenerator random) {
    this.random = random;
  }

  /** Nanoseconds: between a tenth of {@code pause} and the whole. */
  long nanos(Duration pause) {
    return (long) (pause.toNanos() * (0.1 + 0.9 * random.nextDouble()));
  }
}
