package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Decides for one part what a member asks next, and of whom. A state machine: steps go out of
 * {@link #next}, what became of them comes back through {@link #done}, news of other members
 * through {@link #heard}. No I/O, no threads, no clock; not safe for use by several threads.
 *
 * <p>In this order: what an asker waits for; what is this member's turn to get from the origin;
 * what somebody holds, rarest first; what its owner must be asked for.
 */
final class SwarmPolicy {
  private static final long FIRST_ROUND_NANOS = Duration.ofMillis(500).toNanos();
  private static final long RESCUE_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
  private static final int MAX_ASKS = 4;
  private static final int MAX_ASKS_OF_ONE = 2;

  private final List<Peer> peers;
  private final int self;
  private final PolicyLimits limits;
  private final RandomGenerator random;
  private final HaveMap haves;
  private final Wants wants;
  private final Members members;
  private final OriginAccess origin;
  private final OwnerRule rule;
  private final SourceChoice sources;
  private final BitSet firstOwned;
  private final BitSet laterOwned;
  private final Map<Integer, Integer> asksOf = new HashMap<>();
  private final Set<Step.FromPeer> asks = new HashSet<>();
  private final Set<Integer> unheard = new HashSet<>();
  private int fetches;
  private int polls;
  private long wantedSinceNanos;
  private long nextRescueNanos = Long.MIN_VALUE;

  /**
   * @param chunks the part, as the digests of the transported chunks
   */
  SwarmPolicy(
      String deployment,
      int self,
      List<Peer> peers,
      List<Digest> chunks,
      PolicyLimits limits,
      RandomGenerator random) {
    this.peers = peers;
    this.self = self;
    this.limits = limits;
    this.random = random;
    this.haves = new HaveMap(chunks.size());
    this.wants = new Wants(chunks.size(), haves, random);
    this.members = new Members(peers.size(), Neighbours.of(deployment, self, peers));
    this.origin = new OriginAccess(peers.get(self).originAccess(), limits.fromOrigin());
    this.rule = new OwnerRule(self, chunks, new Rendezvous(peers), members, origin, limits);
    this.sources = new SourceChoice(limits.fromPeer(), random);
    this.firstOwned = rule.owned(0, 1);
    this.laterOwned = rule.owned(1, limits.owners());
  }

  /** This member wants {@code chunk} for itself. */
  void want(int chunk, long now) {
    awake(now);
    wants.want(chunk);
  }

  /** Somebody has asked this member, an owner, for {@code chunk} and waits for it. */
  void wantUrgently(int chunk, long now) {
    awake(now);
    wants.wantUrgently(chunk);
  }

  /** Nobody wants {@code chunk} here any more. */
  void withdraw(int chunk) {
    wants.withdraw(chunk);
  }

  /** Whether this member gets {@code chunk} when another asks for it. */
  boolean answersFor(int chunk, long now) {
    return rule.answersFor(chunk, now);
  }

  /** Whether {@code chunk} is still wanted: neither got nor withdrawn. */
  boolean wants(int chunk) {
    return wants.wanted(chunk);
  }

  boolean wantsAnything() {
    return !wants.isEmpty();
  }

  /** What a poll of {@code rank}, or a request with a piggybacked one, is to ask for. */
  long since(int rank) {
    return members.view(rank).since();
  }

  /** Takes news of another member; true if that member has got on. */
  boolean heard(int rank, HaveDelta delta, long now) {
    boolean moved = members.view(rank).heard(delta, now);
    haves.add(rank, delta.chunks(), wants::refresh);
    return moved;
  }

  /** The next thing to do now; empty when there is nothing until something ends or time passes. */
  Optional<Step> next(long now) {
    if (wants.isEmpty()) {
      return Optional.empty();
    }
    Optional<Step> step = poll(now);
    if (step.isEmpty() && fetches < limits.total()) {
      step =
          wants
              .firstUrgent(chunk -> plan(chunk, now, true))
              .or(() -> inject(now))
              .or(() -> wants.rarestReady(chunk -> fromHolder(chunk, now)))
              .or(() -> rescue(now));
    }
    step.ifPresent(begun -> begin(begun, now));
    return step;
  }

  /** Takes what became of a step that {@link #next} gave. */
  void done(Step step, Outcome outcome, long now) {
    switch (step) {
      case Step.Poll poll -> {
        polls--;
        unheard.remove(poll.rank());
        peerDone(poll.rank(), outcome, now);
      }
      case Step.FromOrigin fromOrigin -> {
        fetches--;
        origin.end();
        wants.end(fromOrigin.chunk());
        originDone(fromOrigin.chunk(), outcome, now);
      }
      case Step.FromPeer fromPeer -> {
        fetches--;
        sources.end(fromPeer.rank());
        wants.end(fromPeer.chunk());
        fetchDone(fromPeer, outcome, now);
      }
    }
  }

  private void awake(long now) {
    if (wants.isEmpty()) {
      wantedSinceNanos = now;
      members.restartPolling();
      unheard.addAll(members.neighbours());
    }
  }

  private void begin(Step step, long now) {
    switch (step) {
      case Step.Poll poll -> {
        polls++;
        members.view(poll.rank()).pollSent(now);
      }
      case Step.FromOrigin fromOrigin -> {
        fetches++;
        origin.begin();
        wants.begin(fromOrigin.chunk());
      }
      case Step.FromPeer fromPeer -> {
        fetches++;
        sources.begin(fromPeer.rank());
        if (haves.count(fromPeer.chunk()) == 0) {
          asks.add(fromPeer);
          asksOf.merge(fromPeer.rank(), 1, Integer::sum);
        }
        wants.begin(fromPeer.chunk());
      }
    }
  }

  private Optional<Step> poll(long now) {
    if (polls >= limits.polls()) {
      return Optional.empty();
    }
    return members.neighbours().stream()
        .filter(rank -> members.health(rank).usable(now) && members.view(rank).pollDue(now))
        .findFirst()
        .map(rank -> new Step.Poll(rank, since(rank)));
  }

  private Optional<Step> inject(long now) {
    return wants.randomOrphan(firstOwned, chunk -> fromOrigin(chunk, now));
  }

  private Optional<Step> rescue(long now) {
    if (now < nextRescueNanos) {
      return Optional.empty();
    }
    Optional<Step> step =
        wants
            .randomOrphan(laterOwned, chunk -> plan(chunk, now, false))
            .or(() -> wants.randomOrphan(chunk -> plan(chunk, now, false)));
    if (step.isEmpty()) {
      nextRescueNanos = now + RESCUE_PAUSE_NANOS;
    }
    return step;
  }

  private Optional<Step> plan(int chunk, long now, boolean urgent) {
    if (!wants.orphan(chunk)) {
      return fromHolder(chunk, now);
    }
    return switch (rule.turn(chunk, now)) {
      case OwnerRule.Turn.Mine mine -> fromOrigin(chunk, now);
      case OwnerRule.Turn.Theirs theirs -> askOwner(chunk, theirs.rank(), now, urgent);
      case OwnerRule.Turn.Nobodys nobodys -> Optional.empty();
    };
  }

  /** Nothing is asked of the origin before every neighbour had a moment to say what it has. */
  private Optional<Step> fromOrigin(int chunk, long now) {
    boolean firstRoundOver = unheard.isEmpty() || now - wantedSinceNanos >= FIRST_ROUND_NANOS;
    return firstRoundOver && origin.askable(chunk, now)
        ? Optional.of(new Step.FromOrigin(chunk))
        : Optional.empty();
  }

  /**
   * An owner that wants nothing will not get the chunk unless it is asked. One that is busy with
   * others, or of which nothing is known, gets time to come to it by itself.
   */
  private Optional<Step> askOwner(int chunk, int rank, long now, boolean urgent) {
    boolean room = asks.size() < MAX_ASKS && asksOf.getOrDefault(rank, 0) < MAX_ASKS_OF_ONE;
    if (!room || !members.health(rank).askable(now) || !sources.hasRoom(rank)) {
      return Optional.empty();
    }
    PeerView view = members.view(rank);
    boolean fresh = view.fresh(now);
    long patience = limits.lease().toNanos() * (fresh ? 2 : 1);
    boolean ask = urgent || (fresh && view.idle()) || now - wantedSinceNanos >= patience;
    return ask ? Optional.of(new Step.FromPeer(chunk, rank)) : Optional.empty();
  }

  private Optional<Step> fromHolder(int chunk, long now) {
    List<Integer> near = new ArrayList<>();
    List<Integer> far = new ArrayList<>();
    for (int rank : haves.holders(chunk)) {
      if (members.health(rank).askable(now) && sources.hasRoom(rank)) {
        (nearby(rank) ? near : far).add(rank);
      }
    }
    return sources.choose(near, far).map(rank -> new Step.FromPeer(chunk, rank));
  }

  private boolean nearby(int rank) {
    Optional<String> site = peers.get(self).site();
    return site.isPresent() && site.equals(peers.get(rank).site());
  }

  private void originDone(int chunk, Outcome outcome, long now) {
    switch (outcome) {
      case Outcome.Got got -> {
        origin.answered();
        wants.withdraw(chunk);
      }
      case Outcome.Wrong wrong -> origin.spoilt(chunk, now);
      case Outcome.Absent absent -> origin.spoilt(chunk, now);
      case Outcome.Busy busy -> origin.busy(now + jittered(busy.retryAfter()));
      case Outcome.NotYetAMember notYet -> origin.failed(now);
      case Outcome.Unreachable unreachable -> origin.failed(now);
    }
  }

  private void fetchDone(Step.FromPeer fetch, Outcome outcome, long now) {
    int rank = fetch.rank();
    boolean asked = asks.remove(fetch);
    if (asked) {
      asksOf.merge(rank, -1, Integer::sum);
    }
    if (outcome instanceof Outcome.Got got) {
      sources.measured(rank, got.bytes(), got.nanos());
      wants.withdraw(fetch.chunk());
    } else if (outcome instanceof Outcome.Absent || outcome instanceof Outcome.NotYetAMember) {
      haves.remove(rank, fetch.chunk());
      wants.refresh(fetch.chunk());
      if (asked) {
        rule.refused(rank, fetch.chunk(), now);
      }
    }
    peerDone(rank, outcome, now);
  }

  private void peerDone(int rank, Outcome outcome, long now) {
    PeerHealth health = members.health(rank);
    switch (outcome) {
      case Outcome.Got got -> health.answered();
      case Outcome.Absent absent -> health.answered();
      case Outcome.NotYetAMember notYet -> {
        health.answered();
        members.view(rank).notYetAMember(now);
      }
      case Outcome.Busy busy -> {
        health.answered();
        health.busy(now + jittered(busy.retryAfter()));
      }
      case Outcome.Unreachable unreachable -> {
        health.failed(now);
        lost(rank, now);
      }
      case Outcome.Wrong wrong -> {
        health.exclude();
        lost(rank, now);
      }
    }
  }

  private void lost(int rank, long now) {
    members.view(rank).lost(now);
    haves.forget(rank, wants::refresh);
  }

  /**
   * Between a tenth and the whole, so that those who were sent away do not all come back at once.
   */
  private long jittered(Duration pause) {
    return (long) (pause.toNanos() * (0.1 + 0.9 * random.nextDouble()));
  }
}
