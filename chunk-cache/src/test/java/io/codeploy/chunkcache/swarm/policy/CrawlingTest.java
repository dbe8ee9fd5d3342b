package io.codeploy.chunkcache.swarm.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the policy does about transfers that go on and hardly get on. */
class CrawlingTest {
  private static final int CHUNKS = 60;
  private static final int CHUNK_BYTES = 1000;
  private static final List<ChunkRef> PART =
      IntStream.range(0, CHUNKS)
          .mapToObj(i -> Digest.of(("chunk " + i).getBytes(StandardCharsets.UTF_8)))
          .map(digest -> ChunkRef.raw(digest, CHUNK_BYTES))
          .toList();

  /** Where nothing else can come meanwhile. */
  private static final Duration LATE = Duration.ofSeconds(30);

  private static final Duration MOMENT = Duration.ofMillis(100);

  private long now;

  /** Three of this site, of which this member alone wants anything, and four of another. */
  private final SwarmPolicy policy = policy("here", "here", "here", "afar", "afar", "afar", "afar");

  @Test
  void threeTransfersFromAfarThatCrawlHoldUpNoOthers() {
    List<Step.FromPeer> crawling = crawl();
    tell(6);
    assertEquals(List.of(), within(policy, LATE.minus(MOMENT)), "the window is full");

    List<Step.FromPeer> next = within(policy, MOMENT);

    assertEquals(3, crawling.size());
    assertEquals(Set.of(6), sources(next));
  }

  @Test
  void aLateChunkIsAskedForElsewhereAndTheSlowerTransferBrokenOff() {
    List<Step.FromPeer> crawling = crawl();
    tell(6);

    Step.FromPeer second = secondOf(crawling);
    policy.done(second, got(), now);

    Step.FromPeer first = new Step.FromPeer(second.chunk(), rank(crawling, second.chunk()));
    assertEquals(Optional.of(new Step.Drop(first)), policy.drop());
    assertEquals(Optional.empty(), policy.drop());
    assertFalse(policy.wants(second.chunk()));
  }

  @Test
  void aTransferThatWasBrokenOffSaysNothingOfItsSource() {
    List<Step.FromPeer> crawling = crawl();
    tell(6);
    Step.FromPeer second = secondOf(crawling);
    Step.FromPeer first = new Step.FromPeer(second.chunk(), rank(crawling, second.chunk()));

    // The late one comes first after all.
    policy.done(first, got(), now);
    assertEquals(Optional.of(new Step.Drop(second)), policy.drop());
    policy.done(second, new Outcome.Unreachable(), now);

    policy.want(second.chunk(), now);
    assertEquals(Set.of(6), sources(fetches()));
  }

  @Test
  void secondSourcesAtOnceTakeATwentiethOfAllBytesAtMost() {
    SwarmPolicy fleet = policy("here", "here", "here", "here");
    List<Step.FromPeer> crawling = crawl(fleet, 1, 2);
    fleet.heard(3, all(), now);
    int budget = CHUNKS / 20;
    int passedOver = 4;

    Set<Integer> atOnce = chunks(takeAll(fleet, LATE.plusSeconds(15)));
    Set<Integer> later = chunks(takeAll(fleet, Duration.ofSeconds(10)));

    assertEquals(8, crawling.size());
    assertEquals(CHUNKS - 1 - passedOver + budget, atOnce.size());
    assertEquals(passedOver - budget, later.size());
  }

  @Test
  void whoHasHadNoSlotForLongIsCountedOnNoMore() {
    SwarmPolicy owner = policy("here", "here");
    IntStream.range(0, CHUNKS).forEach(chunk -> owner.want(chunk, now));
    poll(owner, 1, all());
    Step.FromPeer asked = (Step.FromPeer) steps(owner).getFirst();

    owner.done(asked, new Outcome.Busy(Duration.ofSeconds(3)), now);
    pass(Duration.ofSeconds(3));
    assertTrue(sources(fetches(owner)).contains(1));
    owner.done(asked, new Outcome.Busy(Duration.ofSeconds(4)), now);
    // The answer to a poll that was under way.
    owner.heard(1, all(), now);

    assertInstanceOf(Step.FromOrigin.class, steps(owner).getFirst());
  }

  private List<Step.FromPeer> crawl() {
    for (int rank : List.of(1, 2, 4, 5, 6)) {
      policy.heard(rank, new HaveDelta(0, 0, false, List.of()), now);
    }
    return crawl(policy, 3);
  }

  /** All that {@code sources} are asked for at once, after one chunk came as usual. */
  private List<Step.FromPeer> crawl(SwarmPolicy of, int... sources) {
    IntStream.range(0, CHUNKS).forEach(chunk -> of.want(chunk, now));
    List<Step> polls = steps(of);
    IntStream.of(sources).forEach(rank -> of.heard(rank, all(), now));
    polls.forEach(poll -> of.done(poll, new Outcome.Got(0, 0), now));
    List<Step.FromPeer> begun = fetches(of);
    of.done(begun.getFirst(), got(), now);
    List<Step.FromPeer> crawling = new ArrayList<>(begun.subList(1, begun.size()));
    crawling.addAll(fetches(of));
    return crawling;
  }

  /** What is asked of the quick one, the last, within {@code time}, all of which comes. */
  private List<Step.FromPeer> takeAll(SwarmPolicy of, Duration time) {
    List<Step.FromPeer> taken = new ArrayList<>();
    for (long end = now + time.toNanos(); now < end; ) {
      for (Optional<Step> drop = of.drop(); drop.isPresent(); drop = of.drop()) {
        of.done(((Step.Drop) drop.get()).fetch(), new Outcome.Unreachable(), now);
      }
      List<Step.FromPeer> asked = within(of, MOMENT);
      asked.forEach(step -> of.done(step, got(), now));
      taken.addAll(asked);
    }
    return taken;
  }

  /** The second transfer of one of these chunks; others that are begun before come at once. */
  private Step.FromPeer secondOf(List<Step.FromPeer> crawling) {
    Set<Integer> late = chunks(crawling);
    for (long end = now + 2 * LATE.toNanos(); now < end; ) {
      for (Step.FromPeer step : within(policy, MOMENT)) {
        if (late.contains(step.chunk())) {
          return step;
        }
        policy.done(step, got(), now);
      }
    }
    throw new AssertionError("no second source for any of " + late);
  }

  /** What is asked for meanwhile. */
  private List<Step.FromPeer> within(SwarmPolicy of, Duration time) {
    List<Step.FromPeer> asked = new ArrayList<>();
    for (long end = now + time.toNanos(); now < end; ) {
      now += MOMENT.toNanos();
      asked.addAll(fetches(of));
    }
    return asked;
  }

  private void tell(int rank) {
    policy.heard(rank, all(), now);
  }

  private static HaveDelta all() {
    return new HaveDelta(CHUNKS, 0, false, IntStream.range(0, CHUNKS).boxed().toList());
  }

  private void poll(SwarmPolicy of, int rank, HaveDelta news) {
    Step poll = of.next(now).orElseThrow();
    of.heard(rank, news, now);
    of.done(poll, new Outcome.Got(0, 0), now);
  }

  private List<Step> steps(SwarmPolicy of) {
    List<Step> steps = new ArrayList<>();
    for (Optional<Step> next = of.next(now); next.isPresent(); next = of.next(now)) {
      steps.add(next.get());
    }
    return steps;
  }

  private List<Step.FromPeer> fetches() {
    return fetches(policy);
  }

  private List<Step.FromPeer> fetches(SwarmPolicy of) {
    return steps(of).stream()
        .filter(Step.FromPeer.class::isInstance)
        .map(Step.FromPeer.class::cast)
        .toList();
  }

  private static Set<Integer> sources(List<Step.FromPeer> steps) {
    return steps.stream().map(Step.FromPeer::rank).collect(Collectors.toSet());
  }

  private static Set<Integer> chunks(List<Step.FromPeer> steps) {
    return steps.stream().map(Step.FromPeer::chunk).collect(Collectors.toSet());
  }

  private static int rank(List<Step.FromPeer> steps, int chunk) {
    return steps.stream().filter(step -> step.chunk() == chunk).findFirst().orElseThrow().rank();
  }

  private static Outcome.Got got() {
    return new Outcome.Got(CHUNK_BYTES, Duration.ofMillis(10).toNanos());
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static SwarmPolicy policy(String... sites) {
    List<Peer> peers =
        IntStream.range(0, sites.length)
            .mapToObj(i -> new Peer(i, "n" + i, "127.0.0.1", 1, Optional.of(sites[i]), true))
            .toList();
    return new SwarmPolicy(
        new Roster("deployment", peers), 0, PART, PolicyLimits.DEFAULT, new SplittableRandom(1));
  }
}
