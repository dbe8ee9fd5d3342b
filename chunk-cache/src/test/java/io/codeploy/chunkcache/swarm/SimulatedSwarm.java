package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.Copies;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import io.codeploy.chunkcache.swarm.policy.Outcome;
import io.codeploy.chunkcache.swarm.policy.PolicyLimits;
import io.codeploy.chunkcache.swarm.policy.Step;
import io.codeploy.chunkcache.swarm.policy.SwarmPolicy;
import io.codeploy.chunkcache.wire.PlainClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A fleet of {@link SwarmPolicy}s in virtual time: every request takes a while, an origin sends a
 * few chunks at once, a dead member refuses connections or is silent, an owner fetches what it is
 * asked for.
 */
final class SimulatedSwarm {
  private static final long MILLI = Duration.ofMillis(1).toNanos();
  private static final int UPLOAD_SLOTS = 8;
  private static final int CHUNK_BYTES = 100;
  private static final int PER_HEADERS = 250;

  /** Indexes in one answer. */
  private static final int NEWS = 100;

  /** How long a member waits for a connection, and for the next byte of an answer. */
  private static final long CONNECT = Duration.ofSeconds(5).toNanos();

  private static final long STALL = PlainClient.DEFAULT_STALL.toNanos();

  static final Duration GIVE_UP = Duration.ofSeconds(60);

  /** A poll that waits for news. */
  private record Listener(Node node, Step.Poll poll) {}

  /** One member. */
  final class Node {
    final int rank;
    final SwarmPolicy policy;
    final PartState state;
    final Arrivals arrivals = new Arrivals();
    final BitSet has = new BitSet();
    boolean alive = true;

    /** Whether nobody is told that it is dead. */
    boolean silent;

    boolean ticking;

    /** Whether it knows the part; one that wants something does. */
    boolean joined = true;

    Optional<Duration> completed = Optional.empty();
    int polls;

    /** Of everything that it was sent and is no chunk: news, headers. */
    long controlBytes;

    Optional<Duration> gaveUp = Optional.empty();
    int uploads;
    private final Copies copies = new Copies(time::now);

    /** When a chunk had gone out whole last, or the first upload had begun after none was left. */
    private long sentNanos;

    /** Whether its bytes are wrong. */
    boolean lies;

    /** Whether it asks to come back whatever it is asked for. */
    boolean sendsAway;

    private final List<Listener> listeners = new ArrayList<>();

    /** What breaks off transfers that are under way. */
    private final Map<Step.Fetch, Runnable> breaks = new HashMap<>();

    private final Set<Step.Fetch> broken = new HashSet<>();
    private Optional<Fetch> fetch = Optional.empty();

    Node(int rank) {
      this.rank = rank;
      this.policy = new SwarmPolicy(roster, rank, refs, PolicyLimits.DEFAULT, random.split());
      this.state = new PartState(refs, policy, arrivals, new Patience(GIVE_UP));
    }
  }

  final List<Node> nodes = new ArrayList<>();

  /** Who asked the origin last. */
  Node asking;

  /** How many times longer everything takes than on an idle machine. */
  int slowness = 1;

  /** How long the origin takes for a chunk, on average. */
  int originMillis = 20;

  /** How many polls a member lets wait for news. */
  int listeners = 8;

  final int[] originCopies;
  final int[] originRequests;

  /** When the origin gave a chunk last. */
  Duration originDone = Duration.ZERO;

  /** What becomes of a request for a chunk. */
  IntFunction<Outcome> origin = chunk -> new Outcome.Got(1, 1);

  final SplittableRandom random;
  private final SimulatedTime time;
  private final SimulatedNetwork network;
  private final Roster roster;
  private final List<Digest> chunks;
  private final List<ChunkRef> refs;

  /** {@code peer} makes the members; {@code originSlots} chunks leave the origin at once. */
  SimulatedSwarm(
      int nodeCount, int chunkCount, int originSlots, IntFunction<Peer> peer, long seed) {
    this(
        roster(nodeCount, peer),
        chunkCount,
        CHUNK_BYTES,
        new SimulatedTime(),
        swarm -> swarm.new Idle(originSlots),
        seed);
  }

  /** Members over the network that {@code network} gives, which goes by the same time. */
  SimulatedSwarm(
      Roster roster,
      int chunkCount,
      int chunkBytes,
      SimulatedTime time,
      Function<SimulatedSwarm, SimulatedNetwork> network,
      long seed) {
    this.random = new SplittableRandom(seed);
    this.time = time;
    this.network = network.apply(this);
    this.roster = roster;
    this.chunks = chunks(chunkCount);
    this.refs = chunks.stream().map(digest -> ChunkRef.raw(digest, chunkBytes)).toList();
    this.originCopies = new int[chunkCount];
    this.originRequests = new int[chunkCount];
    for (int rank = 0; rank < roster.peers().size(); rank++) {
      nodes.add(new Node(rank));
    }
    this.asking = nodes.getFirst();
  }

  private static Roster roster(int count, IntFunction<Peer> peer) {
    return new Roster("deployment", IntStream.range(0, count).mapToObj(peer).toList());
  }

  private static List<Digest> chunks(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Digest.of(("chunk " + i).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  /** Hosts and links that are never busy: all takes about as long as it takes one. */
  private final class Idle implements SimulatedNetwork {
    private final PriorityQueue<Long> originFree = new PriorityQueue<>();

    Idle(int originSlots) {
      for (int slot = 0; slot < originSlots; slot++) {
        originFree.add(0L);
      }
    }

    @Override
    public long delayNanos(int from, int to) {
      return jitter(2);
    }

    @Override
    public boolean fromOrigin(int to, Runnable arrived) {
      long start = Math.max(time.now(), originFree.remove());
      long end = start + jitter(originMillis);
      originFree.add(end);
      time.after(end - time.now(), arrived);
      return true;
    }

    @Override
    public Runnable send(int from, int to, Runnable arrived) {
      time.after(jitter(20), arrived);
      return () -> {};
    }

    @Override
    public void killed(int rank) {}

    private long jitter(int millis) {
      return slowness * (millis * MILLI / 2 + random.nextLong(millis * MILLI));
    }
  }

  void at(Duration when, Runnable action) {
    time.after(when.toNanos() - time.now(), action);
  }

  /** {@code node} begins to want all chunks that it does not have. */
  void wantEverything(Node node) {
    join(node);
    BitSet wanted = new BitSet();
    wanted.set(0, chunks.size());
    wanted.andNot(node.has);
    Fetch fetch = new Fetch(wanted, (index, plain) -> {});
    node.fetch = Optional.of(fetch);
    node.state.open(fetch, time.now());
    wanted.stream().forEach(chunk -> node.policy.want(chunk, time.now()));
    turn(node);
  }

  /** {@code node} knows the part from now on. */
  void join(Node node) {
    node.joined = true;
    answerListeners(node);
  }

  void give(Node node, int chunk) {
    node.has.set(chunk);
    node.state.have(chunk, time.now());
    node.fetch
        .filter(f -> f.claim(chunk))
        .ifPresent(f -> node.state.delivered(f, chunk, time.now()));
    answerListeners(node);
  }

  void kill(Node node) {
    kill(node, false);
  }

  /** {@code silent}: its host is gone, too, and nothing tells those who wait. */
  void kill(Node node, boolean silent) {
    node.alive = false;
    node.silent = silent;
    network.killed(node.rank);
    answerListeners(node);
  }

  /** Runs until nothing is wanted any more, or {@code limit} is over; returns the time. */
  Duration run(Duration limit) {
    return time.run(limit);
  }

  /** The rank of the first owner of {@code chunk}. */
  int owner(int chunk) {
    return roster.origin().owners(chunks.get(chunk), 1)[0];
  }

  /** The ranks of the owners of {@code chunk}. */
  List<Integer> owners(int chunk) {
    return IntStream.of(roster.origin().owners(chunks.get(chunk), 3)).boxed().toList();
  }

  int originTotal() {
    return IntStream.of(originCopies).sum();
  }

  private void turn(Node node) {
    Optional<Step> step = node.alive ? node.state.next(time.now()) : Optional.empty();
    while (step.isPresent()) {
      begin(node, step.get());
      step = node.state.next(time.now());
    }
  }

  private void tick(Node node) {
    node.ticking = node.alive && node.policy.wantsAnything();
    if (node.ticking) {
      turn(node);
      time.after(50 * MILLI, () -> tick(node));
    }
    if (node.fetch.isPresent() && node.state.givenUp(node.fetch.get(), time.now())) {
      node.gaveUp = Optional.of(Duration.ofNanos(time.now()));
      node.fetch.get().close();
      node.state.close(node.fetch.get());
      node.fetch = Optional.empty();
    }
  }

  void startTicking(Node node) {
    if (!node.ticking) {
      tick(node);
    }
  }

  private void begin(Node node, Step step) {
    switch (step) {
      case Step.Poll poll -> after(node, poll.rank(), () -> poll(node, poll));
      case Step.FromOrigin origin -> {
        if (!network.fromOrigin(node.rank, () -> fromOrigin(node, origin))) {
          time.after(MILLI, () -> finish(node, step, new Outcome.Busy(Duration.ofSeconds(1))));
        }
      }
      case Step.FromPeer peer -> after(node, peer.rank(), () -> request(node, peer));
      case Step.Drop drop -> breakOff(node, drop.fetch());
    }
  }

  /** What did not begin to come cannot be broken off. */
  private static void breakOff(Node node, Step.Fetch step) {
    Optional.ofNullable(node.breaks.remove(step))
        .ifPresent(
            ended -> {
              node.broken.add(step);
              ended.run();
            });
  }

  /** When a small message between the two has come. */
  private void after(Node node, int other, Runnable action) {
    time.after(network.delayNanos(node.rank, other), action);
  }

  private void poll(Node node, Step.Poll poll) {
    Node other = nodes.get(poll.rank());
    node.polls++;
    boolean nothing = !other.joined || other.state.log().size() == poll.since();
    if (other.alive && poll.patient() && nothing && other.listeners.size() < listeners) {
      Listener listener = new Listener(node, poll);
      other.listeners.add(listener);
      time.after(1_000 * MILLI, () -> answerIfListening(other, listener));
    } else {
      answer(node, other, poll);
    }
  }

  private void answerListeners(Node other) {
    List.copyOf(other.listeners).forEach(listener -> answerIfListening(other, listener));
  }

  private void answerIfListening(Node other, Listener listener) {
    if (other.listeners.remove(listener)) {
      answer(listener.node(), other, listener.poll());
    }
  }

  private void answer(Node node, Node other, Step.Poll poll) {
    boolean alive = other.alive;
    boolean joined = other.joined;
    HaveDelta news = other.state.news(poll.since(), NEWS);
    after(
        other,
        node.rank,
        () -> {
          if (!alive) {
            lost(node, other, poll);
          } else if (!joined) {
            finish(node, poll, new Outcome.NotYetAMember());
          } else {
            node.controlBytes += PER_HEADERS + 17 + 4L * news.chunks().size();
            node.state.heard(other.rank, news, time.now());
            finish(node, poll, new Outcome.Got(0, 1));
          }
        });
  }

  private void fromOrigin(Node node, Step.FromOrigin step) {
    originRequests[step.chunk()]++;
    asking = node;
    Outcome outcome = origin.apply(step.chunk());
    if (outcome instanceof Outcome.Got) {
      originCopies[step.chunk()]++;
      originDone = Duration.ofNanos(time.now());
      got(node, step.chunk());
    } else if (outcome instanceof Outcome.Failed) {
      // Other files of the same pack came before the one that fails.
      node.arrivals
          .attempt(refs.get(step.chunk()))
          .accept(refs.get(step.chunk()).transportedLength() / 2);
    }
    finish(node, step, outcome);
  }

  private void got(Node node, int chunk) {
    if (node.alive) {
      node.arrivals.verified(refs.get(chunk));
      give(node, chunk);
      if (node.has.cardinality() == chunks.size()) {
        node.completed = Optional.of(Duration.ofNanos(time.now()));
      }
    }
  }

  private void request(Node node, Step.FromPeer step) {
    Node other = nodes.get(step.rank());
    if (!other.alive) {
      lost(node, other, step);
    } else if (other.sendsAway) {
      finish(node, step, new Outcome.Busy(Duration.ofSeconds(1)));
    } else if (other.has.get(step.chunk())) {
      upload(node, other, step);
    } else if (other.joined && other.policy.answersFor(step.chunk(), time.now())) {
      other.state.ask(step.chunk(), time.now());
      startTicking(other);
      Runnable end = () -> ended(node, step);
      node.breaks.put(step, end);
      await(node, other, step, end, time.now() + Duration.ofSeconds(8).toNanos());
    } else {
      finish(node, step, absence(other, step.chunk()));
    }
  }

  private static Outcome absence(Node other, int chunk) {
    return other.policy.refused(chunk) ? new Outcome.Refused() : new Outcome.Absent();
  }

  /** {@code end} breaks the waiting off, of which {@code other} learns nothing. */
  private void await(Node node, Node other, Step.FromPeer step, Runnable end, long until) {
    boolean has = other.has.get(step.chunk());
    boolean refused = other.policy.refused(step.chunk());
    if (other.alive && !has && !refused && time.now() < until) {
      time.after(10 * MILLI, () -> await(node, other, step, end, until));
      return;
    }
    other.state.endAsk(step.chunk());
    if (!node.breaks.remove(step, end)) {
      return;
    }
    if (!other.alive) {
      lost(node, other, step);
    } else if (has) {
      upload(node, other, step);
    } else if (refused) {
      finish(node, step, new Outcome.Refused());
    } else {
      finish(node, step, new Outcome.Busy(Duration.ofSeconds(1)));
    }
  }

  private void upload(Node node, Node other, Step.FromPeer step) {
    if (other.uploads >= UPLOAD_SLOTS) {
      node.controlBytes += PER_HEADERS;
      Duration waited = Duration.ofNanos(time.now() - other.sentNanos);
      finish(node, step, new Outcome.Busy(UploadSlots.retryAfter(waited)));
      return;
    }
    Digest chunk = chunks.get(step.chunk());
    Optional<Copies.Copy> copy =
        other.copies.begin(chunk, refs.get(step.chunk()).transportedLength());
    if (copy.isEmpty()) {
      node.controlBytes += PER_HEADERS;
      finish(node, step, new Outcome.Busy(other.copies.pause(chunk)));
      return;
    }
    if (UploadSlots.idle(UPLOAD_SLOTS - other.uploads, UPLOAD_SLOTS)) {
      other.sentNanos = time.now();
    }
    other.uploads++;
    Copies.Copy begun = copy.get();
    Runnable breakOff = network.send(other.rank, node.rank, () -> sent(node, other, step, begun));
    node.breaks.put(step, breakOff);
  }

  private void sent(Node node, Node other, Step.FromPeer step, Copies.Copy copy) {
    other.uploads--;
    if (other.alive && !node.broken.contains(step)) {
      other.copies.sent(copy);
    }
    other.copies.end(copy);
    node.breaks.remove(step);
    if (node.broken.remove(step)) {
      finish(node, step, new Outcome.Unreachable());
    } else if (other.alive && other.lies) {
      other.sentNanos = time.now();
      finish(node, step, new Outcome.Wrong());
    } else if (other.alive) {
      other.sentNanos = time.now();
      HaveDelta news = other.state.news(node.policy.since(other.rank), NEWS);
      node.controlBytes += 2 * PER_HEADERS + 6L * news.chunks().size();
      node.state.heard(other.rank, news, time.now());
      got(node, step.chunk());
      long bytes = refs.get(step.chunk()).transportedLength();
      finish(node, step, new Outcome.Got(bytes, time.now() - copy.begunNanos()));
    } else {
      lost(node, other, step);
    }
  }

  /** What becomes of {@code step} that {@code other}, which is dead, was to answer. */
  private void lost(Node node, Node other, Step step) {
    if (!other.silent) {
      finish(node, step, new Outcome.Unreachable());
      return;
    }
    Runnable end = () -> ended(node, step);
    long limit = node.policy.since(other.rank) > 0 ? STALL : CONNECT;
    if (step instanceof Step.Fetch fetch) {
      node.breaks.put(fetch, end);
      time.after(limit, () -> endHanging(node, fetch, end));
    } else {
      time.after(limit, end);
    }
  }

  private void ended(Node node, Step step) {
    if (step instanceof Step.Fetch fetch) {
      node.broken.remove(fetch);
    }
    finish(node, step, new Outcome.Unreachable());
  }

  private static void endHanging(Node node, Step.Fetch step, Runnable end) {
    if (node.breaks.remove(step, end)) {
      end.run();
    }
  }

  private void finish(Node node, Step step, Outcome outcome) {
    if (node.alive) {
      node.state.done(step, outcome, time.now());
      node.state.release(step);
      turn(node);
    }
  }
}
