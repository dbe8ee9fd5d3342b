package io.codeploy.chunkcache.swarm.policy;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Rendezvous;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Whose turn it is to ask the origin for a chunk that nobody is known to hold: the first of its
 * owners that is neither down nor slow. After all of them, in the order of the rendezvous,
 * anybody's.
 */
final class OwnerRule {
  /** What the rule says to this member. */
  sealed interface Turn {
    /** This member asks the origin, as soon as it may. */
    record Mine() implements Turn {}

    /** {@code rank} does; wait for it, or ask it. */
    record Theirs(int rank) implements Turn {}

    /** Nobody does at the moment. */
    record Nobodys() implements Turn {}
  }

  private static final long STAGGER_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int MAX_STAGGER = 15;

  /** So far down the order members are passed over one by one; after that by the clock. */
  private static final int DEPTH = 20;

  private static final long ABSENT_NANOS = Duration.ofSeconds(10).toNanos();

  private record Refusal(int rank, int chunk) {}

  private final int self;
  private final List<Digest> chunks;
  private final Rendezvous rendezvous;
  private final Members members;
  private final OriginAccess origin;
  private final Pace pace;
  private final PolicyLimits limits;
  private final int[][] owners;
  private final Map<Integer, int[]> deeperOrders = new HashMap<>();
  private final Map<Refusal, Long> refusedUntilNanos = new HashMap<>();
  private final Map<Integer, Long> abandonedSinceNanos = new HashMap<>();

  OwnerRule(
      int self,
      List<Digest> chunks,
      Rendezvous rendezvous,
      Members members,
      OriginAccess origin,
      Pace pace,
      PolicyLimits limits) {
    this.self = self;
    this.chunks = chunks;
    this.rendezvous = rendezvous;
    this.members = members;
    this.origin = origin;
    this.pace = pace;
    this.limits = limits;
    this.owners =
        chunks.stream()
            .map(chunk -> rendezvous.owners(chunk, limits.owners()))
            .toArray(int[][]::new);
  }

  /**
   * Whether this member gets {@code chunk} when somebody asks for it: it is one of the owners, or
   * all of them are down and it is the next. Not if it fails with the chunk itself, since members
   * that wait for each other get nowhere, and not if it is slow.
   */
  boolean answersFor(int chunk, long now) {
    if (!origin.promises(chunk) || selfLeavesItToOthers(now)) {
      return false;
    }
    for (int owner : owners[chunk]) {
      if (owner == self) {
        return true;
      }
    }
    return origin.present() && turn(chunk, now) instanceof Turn.Mine;
  }

  /** The chunks whose owner number {@code from} or later, but before {@code to}, is this member. */
  BitSet owned(int from, int to) {
    BitSet owned = new BitSet();
    for (int chunk = 0; chunk < owners.length; chunk++) {
      for (int place = from; place < Math.min(to, owners[chunk].length); place++) {
        if (owners[chunk][place] == self) {
          owned.set(chunk);
        }
      }
    }
    return owned;
  }

  /** An owner said that it will not get {@code chunk}; it is passed over for a while. */
  void refused(int rank, int chunk, long now) {
    refusedUntilNanos.put(new Refusal(rank, chunk), now + ABSENT_NANOS);
  }

  /** The origin has refused {@code chunk} to an owner for good. */
  void denied(int rank, int chunk) {
    refusedUntilNanos.put(new Refusal(rank, chunk), Long.MAX_VALUE);
  }

  Turn turn(int chunk, long now) {
    IntPredicate quick = rank -> !slow(rank, now);
    IntPredicate any = rank -> true;
    return first(owners[chunk], chunk, now, quick)
        .or(() -> first(deeper(chunk), chunk, now, quick))
        .or(() -> first(owners[chunk], chunk, now, any))
        .or(() -> first(deeper(chunk), chunk, now, any))
        .orElseGet(() -> lastResort(chunk, now));
  }

  /** A slow one would get the chunk late, and then be the only one to have it. */
  private boolean slow(int rank, long now) {
    return rank == self ? selfLeavesItToOthers(now) : pace.slow(rank, now);
  }

  /** If it is slow, and somebody who is not reaches the origin, too. */
  private boolean selfLeavesItToOthers(long now) {
    return pace.selfSlow(now) && pace.anyQuick(rendezvous::contains, now);
  }

  private Optional<Turn> first(int[] order, int chunk, long now, IntPredicate eligible) {
    for (int owner : order) {
      if (eligible.test(owner) && ready(owner, chunk, now)) {
        if (owner == self) {
          return Optional.of(new Turn.Mine());
        }
        abandonedSinceNanos.remove(chunk);
        return Optional.of(new Turn.Theirs(owner));
      }
    }
    return Optional.empty();
  }

  private boolean ready(int owner, int chunk, long now) {
    return owner == self
        ? !origin.down(chunk) || origin.askable(chunk, now)
        : !down(owner, chunk, now);
  }

  private int[] deeper(int chunk) {
    return deeperOrders.computeIfAbsent(chunk, any -> rendezvous.owners(chunks.get(chunk), DEPTH));
  }

  private boolean down(int owner, int chunk, long now) {
    Long refusedUntil = refusedUntilNanos.get(new Refusal(owner, chunk));
    return (refusedUntil != null && now < refusedUntil) || members.down(owner, now, limits.lease());
  }

  /** Members step in two seconds after one another, so that the origin sends one copy, not N. */
  private Turn lastResort(int chunk, long now) {
    if (!origin.askable(chunk, now)) {
      return new Turn.Nobodys();
    }
    long since = abandonedSinceNanos.computeIfAbsent(chunk, any -> now);
    int place = rendezvous.position(chunks.get(chunk), self) - DEPTH + 1;
    long wait = STAGGER_NANOS * Math.clamp(place, 0, MAX_STAGGER);
    return now - since >= wait ? new Turn.Mine() : new Turn.Nobodys();
  }
}
