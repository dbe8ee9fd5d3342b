package io.codeploy.chunkcache.swarm;

import java.util.HashMap;
import java.util.Map;

/** How many chunks are on their way: from each member, and in all. */
final class Window {
  private final int ofOneLimit;
  private final int limit;
  private final Map<Integer, Integer> ofOne = new HashMap<>();
  private int all;

  Window(PolicyLimits limits) {
    this.ofOneLimit = limits.fromPeer();
    this.limit = limits.total();
  }

  boolean open() {
    return all < limit;
  }

  boolean open(int rank) {
    return outstanding(rank) < ofOneLimit;
  }

  int outstanding(int rank) {
    return ofOne.getOrDefault(rank, 0);
  }

  void begin(Step.Fetch step) {
    move(step, 1);
  }

  void end(Step.Fetch step) {
    move(step, -1);
  }

  private void move(Step.Fetch step, int by) {
    all += by;
    switch (step) {
      case Step.FromOrigin origin -> {}
      case Step.FromPeer peer -> ofOne.merge(peer.rank(), by, Integer::sum);
    }
  }
}
