package io.codeploy.chunkcache.swarm.policy;

import java.util.HashSet;
import java.util.Set;

/**
 * Requests to owners for chunks that nobody is known to hold. Each may keep a thread of the owner's
 * server waiting, so there are few at once.
 */
final class Asks {
  private static final int MAX = 4;
  private static final int MAX_OF_ONE = 2;

  private final Set<Step.FromPeer> outstanding = new HashSet<>();

  boolean roomFor(int rank) {
    long ofOne = outstanding.stream().filter(ask -> ask.rank() == rank).count();
    return outstanding.size() < MAX && ofOne < MAX_OF_ONE;
  }

  void begin(Step.FromPeer ask) {
    outstanding.add(ask);
  }

  Set<Step.FromPeer> all() {
    return Set.copyOf(outstanding);
  }

  /** Whether {@code step} is one of them. */
  boolean contains(Step step) {
    return outstanding.contains(step);
  }

  /** Whether {@code ended} was one of them. */
  boolean end(Step.FromPeer ended) {
    return outstanding.remove(ended);
  }
}
