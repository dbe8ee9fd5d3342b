package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A fleet of {@link SwarmPolicy}s in virtual time: every request takes a while, an origin sends a
 * few chunks at once, a dead member refuses connections, an owner fetches what it is asked for.
 */
final class SimulatedSwarm {
  private static final long MILLI = Duration.ofMillis(1).toNanos();
  private static final int UPLOAD_SLOTS = 12;

  private record Event(long at, long order, Runnable action) {}

  private static final Comparator<Event> IN_TIME =
      Comparator.comparingLong(Event::at).thenComparingLong(Event::order);

  /** One member. */
  final class Node {
    final int rank;
    final SwarmPolicy policy;
    final HaveLog log = new HaveLog();
    final BitSet has = new BitSet();
    boolean alive = true;
    long progress;
    int uploads;

    Node(int rank) {
      this.rank = rank;
      this.policy =
          new SwarmPolicy("deployment", rank, peers, chunks, PolicyLimits.DEFAULT, random.split());
    }
  }

  final List<Node> nodes = new ArrayList<>();
  final int[] originCopies;
  final SplittableRandom random;
  private final List<Peer> peers;
  private final List<Digest> chunks;
  private final PriorityQueue<Event> events = new PriorityQueue<>(IN_TIME);
  private final PriorityQueue<Long> originFree = new PriorityQueue<>();
  private long now;
  private long order;

  /** {@code peer} makes the members; {@code originSlots} chunks leave the origin at once. */
  SimulatedSwarm(
      int nodeCount, int chunkCount, int originSlots, IntFunction<Peer> peer, long seed) {
    this.random = new SplittableRandom(seed);
    this.peers = IntStream.range(0, nodeCount).mapToObj(peer).toList();
    this.chunks =
        IntStream.range(0, chunkCount)
            .mapToObj(i -> Digest.of(("chunk " + i).getBytes(StandardCharsets.UTF_8)))
            .toList();
    this.originCopies = new int[chunkCount];
    for (int slot = 0; slot < originSlots; slot++) {
      originFree.add(0L);
    }
    for (int rank = 0; rank < nodeCount; rank++) {
      nodes.add(new Node(rank));
    }
  }

  static Peer peer(int rank) {
    return new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.empty(), true);
  }

  void at(Duration time, Runnable action) {
    schedule(time.toNanos() - now, action);
  }

  /** {@code node} begins to want all chunks that it does not have. */
  void wantEverything(Node node) {
    IntStream.range(0, chunks.size())
        .filter(chunk -> !node.has.get(chunk))
        .forEach(chunk -> node.policy.want(chunk, now));
    turn(node);
  }

  void give(Node node, int chunk) {
    node.has.set(chunk);
    node.log.add(chunk);
  }

  /** Runs until nothing is wanted any more, or {@code limit} is over; returns the time. */
  Duration run(Duration limit) {
    while (!events.isEmpty() && now < limit.toNanos()) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    return Duration.ofNanos(now);
  }

  int originTotal() {
    return IntStream.of(originCopies).sum();
  }

  private void schedule(long delay, Runnable action) {
    events.add(new Event(now + Math.max(0, delay), order++, action));
  }

  private void turn(Node node) {
    Optional<Step> step = node.alive ? node.policy.next(now) : Optional.empty();
    while (step.isPresent()) {
      begin(node, step.get());
      step = node.policy.next(now);
    }
  }

  private void tick(Node node) {
    if (node.alive && node.policy.wantsAnything()) {
      turn(node);
      schedule(50 * MILLI, () -> tick(node));
    }
  }

  void startTicking(Node node) {
    tick(node);
  }

  private void begin(Node node, Step step) {
    switch (step) {
      case Step.Poll poll -> schedule(jitter(4), () -> poll(node, poll));
      case Step.FromOrigin origin -> {
        long start = Math.max(now, originFree.remove());
        long end = start + jitter(20);
        originFree.add(end);
        schedule(end - now, () -> fromOrigin(node, origin));
      }
      case Step.FromPeer peer -> schedule(jitter(2), () -> request(node, peer));
    }
  }

  private long jitter(int millis) {
    return millis * MILLI / 2 + random.nextLong(millis * MILLI);
  }

  private void poll(Node node, Step.Poll poll) {
    Node other = nodes.get(poll.rank());
    if (other.alive) {
      tell(node, other, poll.since());
    }
    finish(node, poll, other.alive ? new Outcome.Got(0, 1) : new Outcome.Unreachable());
  }

  private void tell(Node node, Node other, long since) {
    node.policy.heard(
        other.rank,
        new HaveDelta(
            other.log.next(since, 100),
            other.progress,
            other.policy.wantsAnything(),
            other.log.since(since, 100)),
        now);
  }

  private void fromOrigin(Node node, Step.FromOrigin step) {
    originCopies[step.chunk()]++;
    got(node, step.chunk());
    finish(node, step, new Outcome.Got(1, 1));
  }

  private void got(Node node, int chunk) {
    if (node.alive) {
      node.progress++;
      give(node, chunk);
    }
  }

  private void request(Node node, Step.FromPeer step) {
    Node other = nodes.get(step.rank());
    if (!other.alive) {
      finish(node, step, new Outcome.Unreachable());
    } else if (other.has.get(step.chunk())) {
      upload(node, other, step);
    } else if (other.policy.answersFor(step.chunk(), now)) {
      other.policy.wantUrgently(step.chunk(), now);
      startTicking(other);
      await(node, other, step, now + Duration.ofSeconds(8).toNanos());
    } else {
      finish(node, step, new Outcome.Absent());
    }
  }

  private void await(Node node, Node other, Step.FromPeer step, long until) {
    if (other.alive && other.has.get(step.chunk())) {
      upload(node, other, step);
    } else if (!other.alive || now >= until) {
      Outcome outcome =
          other.alive ? new Outcome.Busy(Duration.ofSeconds(1)) : new Outcome.Unreachable();
      finish(node, step, outcome);
    } else {
      schedule(10 * MILLI, () -> await(node, other, step, until));
    }
  }

  private void upload(Node node, Node other, Step.FromPeer step) {
    if (other.uploads >= UPLOAD_SLOTS) {
      finish(node, step, new Outcome.Busy(Duration.ofSeconds(1)));
      return;
    }
    other.uploads++;
    schedule(
        jitter(20),
        () -> {
          other.uploads--;
          if (other.alive) {
            tell(node, other, node.policy.since(other.rank));
            got(node, step.chunk());
            finish(node, step, new Outcome.Got(1, 20 * MILLI));
          } else {
            finish(node, step, new Outcome.Unreachable());
          }
        });
  }

  private void finish(Node node, Step step, Outcome outcome) {
    if (node.alive) {
      node.policy.done(step, outcome, now);
      turn(node);
    }
  }
}
