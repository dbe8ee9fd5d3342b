package io.codeploy.chunkcache.swarm.policy;

import io.codeploy.chunkcache.member.Rendezvous;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many chunks are on their way: from each member, and in all. Those that are late count no
 * more, so that they hold up no others; but only a few, since they take memory all the same.
 *
 * <p>In a large site one chunk at a time comes from each member, so that those who ask the few that
 * have something all get some of it. Nor does a chunk count there that its owner first has to get:
 * for seconds nothing of it is on its way.
 */
final class Window {
  /**
   * Chunks from other sites at once, unless few share the work: what comes slowly is not to keep
   * out what is near.
   */
  private static final int FAR = 3;

  private static final int LATE = 4;

  /** A site is large with more members than so many for each chunk that may be on its way. */
  private static final int MANY = 8;

  private final boolean many;
  private final int ofOneLimit;
  private final int limit;
  private final Map<Integer, Integer> ofOne = new HashMap<>();
  private final int farLimit;
  private final Rendezvous near;
  private final Asks asks;

  /** Late ones that count no more. */
  private final Set<Step.FromPeer> passedOver = new HashSet<>();

  private final Set<Step.FromPeer> late = new HashSet<>();
  private int all;
  private int far;

  /** {@code near} are those that are in this member's site. */
  Window(PolicyLimits limits, Rendezvous near, Asks asks) {
    this.farLimit = Math.max(FAR, limits.total() / near.size());
    this.near = near;
    this.asks = asks;
    this.many = near.size() > MANY * limits.total();
    this.ofOneLimit = many ? 1 : limits.fromPeer();
    this.limit = limits.total();
  }

  boolean open() {
    return all < limit;
  }

  /** Whether {@code rank} may be asked: not if something is late that it was asked for before. */
  boolean open(int rank) {
    return outstanding(rank) < ofOneLimit && (near.contains(rank) || far < farLimit) && !late(rank);
  }

  /** Whether something that {@code rank} was asked for is late. */
  boolean late(int rank) {
    return late.stream().anyMatch(step -> step.rank() == rank);
  }

  int outstanding(int rank) {
    return ofOne.getOrDefault(rank, 0);
  }

  void begin(Step.Fetch step) {
    move(step, 1);
  }

  void end(Step.Fetch step) {
    late.remove(step);
    if (!passedOver.remove(step)) {
      move(step, -1);
    }
  }

  /** {@code step} is late and holds up no other; false when there are too many such already. */
  boolean passOver(Step.FromPeer step) {
    late.add(step);
    if (many && asks.contains(step)) {
      return true; // It holds up nothing that a place would be for.
    }
    boolean room = passedOver.size() < LATE;
    if (room && passedOver.add(step)) {
      move(step, -1);
    }
    return room;
  }

  private void move(Step.Fetch step, int by) {
    all += many && asks.contains(step) ? 0 : by;
    switch (step) {
      case Step.FromOrigin origin -> {}
      case Step.FromPeer peer -> {
        ofOne.merge(peer.rank(), by, Integer::sum);
        far += near.contains(peer.rank()) ? 0 : by;
      }
    }
  }
}
