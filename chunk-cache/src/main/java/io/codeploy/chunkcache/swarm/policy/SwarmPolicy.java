package io.codeploy.chunkcache.swarm.policy;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Rendezvous;
import io.codeploy.chunkcache.member.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;

/**
 * Decides for one part what a member asks next, and of whom. A state machine: steps go out of
 * {@link #next}, what became of them comes back through {@link #done}, news of other members
 * through {@link #heard}. No I/O, no threads, no clock; not safe for use by several threads.
 *
 * <p>The package's description tells which piece decides what.
 */
public final class SwarmPolicy {
  /** A member that asks to be let be for so long has sent nothing whole for as long. */
  private static final Duration LONG = Duration.ofSeconds(4);

  /** So many keep the origin busy with a chunk each. */
  private static final int MANY = 12;

  private final HaveMap haves;
  private final Wants wants;
  private final Members members;
  private final FirstRound round = new FirstRound();
  private final Polls polls;
  private final Window window;
  private final Asks asks = new Asks();
  private final OriginAccess origin;
  private final Refusals refusals;
  private final int self;
  private final Rendezvous reaching;
  private final OwnerRule rule;
  private final SourceChoice sources;
  private final PickChunk chunks;
  private final Quarantine quarantine;
  private final Pace pace;
  private final Hedges hedges;
  private final StaleAsks staleAsks;

  /**
   * @param part its chunks, the same list at all members
   */
  public SwarmPolicy(
      Roster roster, int self, List<ChunkRef> part, PolicyLimits limits, RandomGenerator random) {
    List<Digest> chunks = part.stream().map(ChunkRef::transported).toList();
    Rendezvous near = roster.near(self);
    this.haves = new HaveMap(chunks.size(), near::contains);
    this.wants = new Wants(chunks.size(), limits.total(), haves, random);
    List<Peer> peers = roster.peers();
    this.members = new Members(Neighbours.of(roster, self, chunks, limits), wants::few);
    this.polls = new Polls(members, limits.polls());
    this.window = new Window(limits, near, asks);
    this.pace = new Pace(members, wants);
    Jitter jitter = new Jitter(random);
    this.self = self;
    this.reaching = roster.origin();
    int first = reaching.size() < MANY ? limits.fromOrigin() : 1;
    this.origin =
        new OriginAccess(peers.get(self).originAccess(), first, limits.fromOrigin(), jitter);
    this.refusals = new Refusals(Math.clamp(reaching.size(), 1, limits.owners()));
    this.rule = new OwnerRule(self, chunks, reaching, members, origin, pace, limits);
    this.sources = new SourceChoice(window, random);
    this.quarantine = new Quarantine(members, haves, wants, jitter);
    IntToLongFunction lengths = chunk -> part.get(chunk).transportedLength();
    long bytes = part.stream().mapToLong(ChunkRef::transportedLength).sum();
    this.hedges =
        new Hedges(new Lateness(near, lengths), window, wants, quarantine, lengths, bytes);
    this.staleAsks = new StaleAsks(asks, haves, rule, hedges);
    SiteRule site = new SiteRule(self, chunks, near, haves, members, pace);
    Holders holders = new Holders(near, site, haves, members, window, sources);
    OwnerRequest owners = new OwnerRequest(members, window, asks, round, site, limits.lease());
    PickSource source = new PickSource(wants, holders, rule, owners, origin, round);
    this.chunks = new PickChunk(wants, source, rule, limits.owners());
  }

  /** This member wants {@code chunk} for itself. */
  public void want(int chunk, long now) {
    awake(now);
    wants.want(chunk);
  }

  /** Somebody has asked this member, an owner, for {@code chunk} and waits for it. */
  public void wantUrgently(int chunk, long now) {
    awake(now);
    wants.wantUrgently(chunk);
  }

  /** Nobody wants {@code chunk} here any more. */
  public void withdraw(int chunk) {
    wants.withdraw(chunk);
  }

  /** Whether this member gets {@code chunk} when another asks for it. */
  public boolean answersFor(int chunk, long now) {
    return rule.answersFor(chunk, now);
  }

  /** Whether {@code chunk} is still wanted: neither got nor withdrawn. */
  public boolean wants(int chunk) {
    return wants.wanted(chunk);
  }

  /** Whether the origin has refused this member {@code chunk} for good. */
  public boolean refused(int chunk) {
    return origin.refused(chunk);
  }

  /** Whether {@code chunk}, which is wanted, will not come: nobody has it, and it is refused. */
  public boolean vain(int chunk, long signNanos, long now) {
    return wants.wanted(chunk) && !wants.held(chunk) && refusals.certain(chunk, signNanos, now);
  }

  public boolean wantsAnything() {
    return !wants.isEmpty();
  }

  /** How often the origin asked to wait, as far as others are to take it for a sign of life. */
  public long waits() {
    return origin.waits();
  }

  /** What a poll of {@code rank}, or a request with a piggybacked one, is to ask for. */
  public long since(int rank) {
    return members.view(rank).since();
  }

  /** Takes news of another member; true if that member has got on. */
  public boolean heard(int rank, HaveDelta delta, long now) {
    if (!members.health(rank).heard(now)) {
      // From a poll that was under way: what such a one has is not asked for, so it must not count.
      return false;
    }
    boolean moved = members.view(rank).heard(delta, now);
    haves.add(rank, delta.chunks(), wants::refresh);
    return moved;
  }

  /** Takes note of what time does to transfers under way; {@link #next} does so, too. */
  public void look(long now) {
    hedges.look(now);
    staleAsks.look(now);
  }

  /** The next thing to do now; empty when there is nothing until something ends or time passes. */
  public Optional<Step> next(long now) {
    look(now);
    if (!wants.anyOpen()) {
      return Optional.empty();
    }
    Optional<Step> step =
        polls.next(now).or(() -> window.open() ? chunks.next(now) : Optional.empty());
    step.ifPresent(begun -> begin(begun, now));
    return step;
  }

  /** The next transfer to break off, as its chunk has come; nothing need be told of it. */
  public Optional<Step> drop() {
    return hedges.drop();
  }

  /** Takes what became of a step that {@link #next} gave. */
  public void done(Step step, Outcome outcome, long now) {
    switch (step) {
      case Step.Poll poll -> {
        polls.end(poll.rank(), now);
        round.heard(poll.rank());
        quarantine.judge(poll.rank(), outcome, now);
      }
      case Step.FromOrigin fromOrigin -> {
        boolean telling = end(fromOrigin, outcome, now);
        origin.done(fromOrigin.chunk(), telling ? outcome : new Outcome.Overtaken(), now);
        if (origin.refused(fromOrigin.chunk())) {
          refusals.found(self, fromOrigin.chunk(), now);
        }
      }
      case Step.FromPeer fromPeer -> {
        boolean late = window.late(fromPeer.rank());
        Outcome telling = end(fromPeer, outcome, now) ? outcome : new Outcome.Overtaken();
        peerDone(fromPeer, telling, now);
        quarantine.judge(fromPeer.rank(), telling, now);
        if (telling instanceof Outcome.Busy busy && stuck(fromPeer.rank(), busy, now)) {
          quarantine.suspect(fromPeer.rank(), now);
        } else if (telling instanceof Outcome.Got && !late) {
          quarantine.inTime(fromPeer.rank());
        }
      }
      case Step.Drop drop -> {}
    }
  }

  /** Whether who asks to be left alone hardly gets rid of anything, by its own word or by deed. */
  private boolean stuck(int rank, Outcome.Busy busy, long now) {
    return busy.retryAfter().compareTo(LONG) >= 0 || members.health(rank).onlyRefuses(now);
  }

  private void awake(long now) {
    if (wants.isEmpty()) {
      members.restartPolling();
      round.begin(members.unheard(), now);
      pace.begin(now);
    }
  }

  private void begin(Step step, long now) {
    switch (step) {
      case Step.Poll poll -> polls.begin(poll.rank(), now);
      case Step.FromOrigin fromOrigin -> {
        begin(fromOrigin, false, now);
        origin.begin();
      }
      case Step.FromPeer fromPeer -> {
        boolean asked = !haves.holds(fromPeer.rank(), fromPeer.chunk());
        if (asked) {
          asks.begin(fromPeer);
        }
        begin(fromPeer, asked, now);
      }
      case Step.Drop drop -> {}
    }
  }

  private void begin(Step.Fetch step, boolean asked, long now) {
    window.begin(step);
    wants.begin(step.chunk());
    hedges.begin(step, asked, now);
  }

  /** False when the chunk had come from elsewhere, and the step was broken off. */
  private boolean end(Step.Fetch step, Outcome outcome, long now) {
    window.end(step);
    boolean telling = hedges.end(step, outcome, now);
    if (outcome instanceof Outcome.Got got) {
      pace.got(got.bytes());
      wants.withdraw(step.chunk());
    }
    return telling;
  }

  private void peerDone(Step.FromPeer fetch, Outcome outcome, long now) {
    int rank = fetch.rank();
    boolean asked = asks.end(fetch);
    if (outcome instanceof Outcome.Got got) {
      sources.measured(rank, got);
    } else if (denies(outcome)) {
      haves.remove(rank, fetch.chunk());
      wants.refresh(fetch.chunk());
      if (asked) {
        turnedAway(fetch, outcome, now);
      }
    }
  }

  private void turnedAway(Step.FromPeer fetch, Outcome outcome, long now) {
    if (outcome instanceof Outcome.Refused && reaching.contains(fetch.rank())) {
      rule.denied(fetch.rank(), fetch.chunk());
      refusals.told(fetch.rank(), fetch.chunk());
    } else {
      rule.refused(fetch.rank(), fetch.chunk(), now);
    }
  }

  private static boolean denies(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Absent absent -> true;
      case Outcome.Refused refused -> true;
      case Outcome.Failed failed -> true;
      case Outcome.NotYetAMember notYet -> true;
      case Outcome.Got got -> false;
      case Outcome.Busy busy -> false;
      case Outcome.Unreachable unreachable -> false;
      case Outcome.Wrong wrong -> false;
      case Outcome.Overtaken overtaken -> false;
    };
  }
}
