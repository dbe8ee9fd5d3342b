package io.codeploy.chunkcache.swarm.policy;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Rendezvous;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Who gets a chunk into a site: the first of its members in the chunk's order that wants something,
 * answers and is not slow. The others wait until somebody in the site has it. When no chunk gets
 * into the site for too long they go for it one after the other.
 */
final class SiteRule {
  /** So far down the order delegates are looked for. */
  private static final int DEPTH = 8;

  private static final Duration LEASE = Duration.ofSeconds(5);

  private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();
  private static final long STAGGER_NANOS = Duration.ofSeconds(5).toNanos();

  /** The last goes well before its fetch would be given up. */
  private static final long MAX_STAGGERS = 3;

  private final int self;
  private final List<Digest> chunks;
  private final Rendezvous near;
  private final HaveMap haves;
  private final Members members;
  private final Pace pace;
  private final Map<Integer, int[]> orders = new HashMap<>();
  private final Map<Integer, Long> waitingSinceNanos = new HashMap<>();
  private int here;
  private long movedNanos = Long.MIN_VALUE;

  SiteRule(
      int self, List<Digest> chunks, Rendezvous near, HaveMap haves, Members members, Pace pace) {
    this.self = self;
    this.chunks = chunks;
    this.near = near;
    this.haves = haves;
    this.members = members;
    this.pace = pace;
  }

  /** Whether this member may ask members of other sites for {@code chunk}. */
  boolean mayCross(int chunk, long now) {
    int[] order = orders.computeIfAbsent(chunk, any -> near.owners(chunks.get(chunk), DEPTH));
    OptionalInt delegate = delegate(order, now);
    return delegate.isEmpty() || delegate.getAsInt() == self || waitedFor(chunk, order, now);
  }

  /** Whether this member may ask {@code rank} for {@code chunk}. */
  boolean mayAsk(int rank, int chunk, long now) {
    return near.contains(rank) || mayCross(chunk, now);
  }

  private OptionalInt delegate(int[] order, long now) {
    OptionalInt quick = first(order, rank -> !slow(rank, now), now);
    return quick.isPresent() ? quick : first(order, rank -> true, now);
  }

  private OptionalInt first(int[] order, IntPredicate eligible, long now) {
    return IntStream.of(order)
        .filter(rank -> eligible.test(rank) && (rank == self || willing(rank, now)))
        .findFirst();
  }

  private boolean slow(int rank, long now) {
    return rank == self ? pace.selfSlow(now) : pace.slow(rank, now);
  }

  private boolean willing(int rank, long now) {
    PeerView view = members.view(rank);
    return !members.down(rank, now, LEASE) && !(view.fresh(now) && view.idle());
  }

  private boolean waitedFor(int chunk, int[] order, long now) {
    if (here != haves.nearChunks()) {
      here = haves.nearChunks();
      movedNanos = now;
    }
    long began = waitingSinceNanos.computeIfAbsent(chunk, any -> now);
    long place = IntStream.of(order).takeWhile(rank -> rank != self).count();
    long wait = PATIENCE_NANOS + Math.min(place, MAX_STAGGERS) * STAGGER_NANOS;
    return now - Math.max(began, movedNanos) >= wait;
  }
}
