package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * What is done about transfers that are late: they hold up no others, their sources are let be for
 * a while, and their chunks are asked for elsewhere: at once, as far as that is at most a twentieth
 * of all bytes, else later. Of two transfers of a chunk the second to come is broken off, and so is
 * what there is no room for beside the others, once somebody else has its chunk.
 */
final class Hedges {
  private static final int BUDGET_PART = 20;

  /** After so long a chunk is asked for elsewhere, whatever that costs. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  /** For so long an owner lets an asker wait. */
  private static final long ASKED_NANOS = Duration.ofSeconds(8).toNanos();

  private final Lateness lateness;
  private final Window window;
  private final Wants wants;
  private final Quarantine quarantine;
  private final IntToLongFunction lengths;
  private final Set<Step.Fetch> underWay = new HashSet<>();
  private final Set<Step.Fetch> late = new HashSet<>();
  private final Set<Step.Fetch> dropped = new HashSet<>();
  private final Deque<Step> drops = new ArrayDeque<>();

  /** Late ones that hold up others, for want of room beside them. */
  private final Set<Step.Fetch> crowding = new LinkedHashSet<>();

  /** By chunks that have no second source, as there have been enough of these. */
  private final Map<Integer, Long> stuckSinceNanos = new HashMap<>();

  /** Chunks whose next transfer is paid for: none has carried anything since. */
  private final Set<Integer> paid = new HashSet<>();

  private long budgetBytes;
  private boolean none = true;

  /** {@code totalBytes} are those of the part. */
  Hedges(
      Lateness lateness,
      Window window,
      Wants wants,
      Quarantine quarantine,
      IntToLongFunction lengths,
      long totalBytes) {
    this.lateness = lateness;
    this.window = window;
    this.wants = wants;
    this.quarantine = quarantine;
    this.lengths = lengths;
    this.budgetBytes = totalBytes / BUDGET_PART;
  }

  /** {@code asked}: the source may have to get the chunk first. */
  void begin(Step.Fetch step, boolean asked, long now) {
    underWay.add(step);
    if (step instanceof Step.FromPeer peer) {
      lateness.begin(peer, asked ? ASKED_NANOS : 0, now);
    }
  }

  /** To be called before anything else is begun. */
  void look(long now) {
    for (Step.FromPeer step : lateness.next(now)) {
      late.add(step);
      paid.remove(step.chunk());
      quarantine.suspect(step.rank(), now);
      if (!window.passOver(step)) {
        crowding.add(step);
      }
      reopen(step.chunk(), now);
    }
    crowding.stream().filter(step -> wants.held(step.chunk())).forEach(this::breakOff);
    crowding.removeAll(dropped);
    reopenStuck(now);
  }

  /** What {@code step} was to bring may be asked for elsewhere, and does not come from there. */
  void abandon(Step.Fetch step) {
    breakOff(step);
    if (dropped.containsAll(others(step.chunk()))) {
      wants.end(step.chunk());
    }
  }

  private void reopenStuck(long now) {
    stuckSinceNanos
        .entrySet()
        .removeIf(
            stuck -> {
              boolean over = now - stuck.getValue() >= PATIENCE_NANOS;
              if (over) {
                paid.add(stuck.getKey());
                wants.end(stuck.getKey());
              }
              return over;
            });
  }

  private void breakOff(Step.Fetch step) {
    if (dropped.add(step)) {
      drops.add(new Step.Drop(step));
    }
  }

  /** Whether what came of {@code step} says anything of its source. */
  boolean end(Step.Fetch step, Outcome outcome, long now) {
    underWay.remove(step);
    late.remove(step);
    crowding.remove(step);
    if (step instanceof Step.FromPeer peer) {
      lateness.end(peer, outcome);
    }
    int chunk = step.chunk();
    List<Step.Fetch> others = others(chunk);
    if (others.isEmpty() || mayHaveCarried(outcome)) {
      paid.remove(chunk);
    }
    if (outcome instanceof Outcome.Got) {
      others.forEach(this::breakOff);
    }
    if (others.isEmpty() || outcome instanceof Outcome.Got) {
      stuckSinceNanos.remove(chunk);
      wants.end(chunk);
    } else if (late.containsAll(others)) {
      reopen(chunk, now);
    }
    return !dropped.remove(step) || outcome instanceof Outcome.Got;
  }

  /** The next transfer that nobody waits for any longer. */
  Optional<Step> drop() {
    return Optional.ofNullable(drops.poll());
  }

  /** The first is always possible, however small the part is. */
  private void reopen(int chunk, long now) {
    long bytes = lengths.applyAsLong(chunk);
    if (paid.contains(chunk)) {
      wants.end(chunk);
    } else if (none || bytes <= budgetBytes) {
      none = false;
      budgetBytes -= bytes;
      paid.add(chunk);
      wants.end(chunk);
    } else {
      stuckSinceNanos.putIfAbsent(chunk, now);
    }
  }

  private static boolean mayHaveCarried(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Got got -> true;
      case Outcome.Wrong wrong -> true;
      case Outcome.Unreachable unreachable -> true;
      case Outcome.Overtaken overtaken -> true;
      case Outcome.Absent absent -> false;
      case Outcome.Refused refused -> false;
      case Outcome.Failed failed -> false;
      case Outcome.NotYetAMember notYet -> false;
      case Outcome.Busy busy -> false;
    };
  }

  private List<Step.Fetch> others(int chunk) {
    List<Step.Fetch> others = new ArrayList<>();
    for (Step.Fetch step : underWay) {
      if (step.chunk() == chunk) {
        others.add(step);
      }
    }
    return others;
  }
}
