package io.codeploy.chunkcache.swarm;

import java.util.HashMap;
import java.util.Map;

/** How many chunks are on their way: from each member, and in all. */
final class Window {
  /**
   * Chunks from other sites at once, unless few share the work: what comes slowly is not to keep
   * out what is near.
   */
  private static final int FAR = 3;

  private final int ofOneLimit;
  private final int limit;
  private final Map<Integer, Integer> ofOne = new HashMap<>();
  private final int farLimit;
  private final Rendezvous near;
  private int all;
  private int far;

  /** {@code near} are those that are in this member's site. */
  Window(PolicyLimits limits, Rendezvous near) {
    this.farLimit = Math.max(FAR, limits.total() / near.size());
    this.near = near;
    this.ofOneLimit = limits.fromPeer();
    this.limit = limits.total();
  }

  boolean open() {
    return all < limit;
  }

  boolean open(int rank) {
    return outstanding(rank) < ofOneLimit && (near.contains(rank) || far < farLimit);
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
      case Step.FromPeer peer -> {
        ofOne.merge(peer.rank(), by, Integer::sum);
        far += near.contains(peer.rank()) ? 0 : by;
      }
    }
  }
}
