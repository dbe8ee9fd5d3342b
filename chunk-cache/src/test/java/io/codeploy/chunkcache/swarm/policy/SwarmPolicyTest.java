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
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SwarmPolicyTest {
  private static final int CHUNKS = 30;
  private static final List<Digest> DIGESTS =
      IntStream.range(0, CHUNKS)
          .mapToObj(i -> Digest.of(("chunk " + i).getBytes(StandardCharsets.UTF_8)))
          .toList();

  private static final List<ChunkRef> PART =
      DIGESTS.stream().map(digest -> ChunkRef.raw(digest, 1000)).toList();

  private long now;

  @Test
  void looksAroundBeforeItAsksTheOrigin() {
    SwarmPolicy policy = policy(3, 0);
    wantAll(policy);

    List<Step> first = steps(policy);
    first.forEach(poll -> policy.done(poll, new Outcome.NotYetAMember(), now));
    List<Step> second = steps(policy);

    assertEquals(List.of(new Step.Poll(1, 0), new Step.Poll(2, 0)), first);
    assertTrue(second.stream().allMatch(Step.FromOrigin.class::isInstance), second.toString());
    assertEquals(2, second.size());
  }

  @Test
  void asksTheOriginWhenANeighbourIsSilentForHalfASecond() {
    SwarmPolicy policy = policy(3, 0);
    wantAll(policy);
    steps(policy);

    pass(Duration.ofMillis(499));
    List<Step> early = steps(policy);
    pass(Duration.ofMillis(1));
    List<Step> later = steps(policy);

    assertEquals(List.of(), early);
    assertEquals(2, later.size());
  }

  @Test
  void takesFourChunksOfOneHolderAtOnce() {
    SwarmPolicy policy = policy(2, 0, 0);
    wantAll(policy);
    answerPolls(policy, 1, delta(CHUNKS, false));

    List<Step> steps = steps(policy);

    assertEquals(4, steps.stream().filter(Step.FromPeer.class::isInstance).count());
  }

  @Test
  void takesTheRarestFirst() {
    SwarmPolicy policy = policy(3, 0, 0);
    wantAll(policy);
    List<Step> polls = steps(policy);
    policy.heard(1, new HaveDelta(20, 0, false, IntStream.range(0, 20).boxed().toList()), now);
    policy.heard(2, new HaveDelta(19, 0, false, IntStream.range(0, 19).boxed().toList()), now);
    polls.forEach(poll -> policy.done(poll, new Outcome.Got(0, 0), now));

    Step first = policy.next(now).orElseThrow();

    assertEquals(new Step.FromPeer(19, 1), first);
  }

  @Test
  void prefersItsOwnSite() {
    List<Peer> peers =
        List.of(peer(0, "here", false), peer(1, "there", false), peer(2, "here", false));
    SwarmPolicy policy = policy(peers);
    wantAll(policy);
    List<Step> polls = steps(policy);
    policy.heard(1, delta(CHUNKS, false), now);
    policy.heard(2, delta(CHUNKS, false), now);
    polls.forEach(poll -> policy.done(poll, new Outcome.Got(0, 0), now));

    List<Integer> sources =
        steps(policy).stream()
            .map(Step.FromPeer.class::cast)
            .map(Step.FromPeer::rank)
            .limit(4)
            .toList();

    assertEquals(List.of(2, 2, 2, 2), sources);
  }

  @Test
  void leavesABusyPeerAloneForAWhile() {
    SwarmPolicy policy = policy(2, 0, 0);
    wantAll(policy);
    answerPolls(policy, 1, delta(CHUNKS, false));
    for (Step step : steps(policy)) {
      policy.done(step, new Outcome.Busy(Duration.ofSeconds(1)), now);
    }

    List<Step> atOnce = steps(policy);
    pass(Duration.ofSeconds(1));
    List<Step> later = steps(policy);

    assertEquals(List.of(), atOnce);
    assertEquals(4, later.stream().filter(Step.FromPeer.class::isInstance).count());
  }

  @Test
  void forgetsWhatADeadPeerHadForThirtySecondsThenForSixty() {
    SwarmPolicy policy = policy(2, 0, 0);
    wantAll(policy);
    answerPolls(policy, 1, delta(CHUNKS, false));
    List<Step> begun = steps(policy);
    begun.stream().skip(1).forEach(step -> policy.done(step, new Outcome.Absent(), now));
    policy.done(begun.getFirst(), new Outcome.Unreachable(), now);

    assertSilentFor(policy, Duration.ofSeconds(30));
    policy.done(new Step.Poll(1, 0), new Outcome.Unreachable(), now);
    assertSilentFor(policy, Duration.ofSeconds(60));
  }

  @Test
  void neverAsksALiarAgain() {
    SwarmPolicy policy = policy(2, 0, 0);
    wantAll(policy);
    answerPolls(policy, 1, delta(CHUNKS, false));
    policy.done(steps(policy).getFirst(), new Outcome.Wrong(), now);

    pass(Duration.ofHours(10));

    assertEquals(List.of(), steps(policy));
  }

  @Test
  void countsNoMoreOnWhatALiarSaysItHas() {
    SwarmPolicy policy = policy(2, 0, 1);
    wantAll(policy);
    answerPolls(policy, 1, delta(CHUNKS, false));
    List<Step> begun = steps(policy);
    policy.done(begun.getFirst(), new Outcome.Wrong(), now);

    // The answer to a poll that was under way.
    policy.heard(1, delta(CHUNKS, false), now);
    begun.stream().skip(1).forEach(step -> policy.done(step, new Outcome.Unreachable(), now));

    List<Step> steps = steps(policy);
    assertFalse(steps.isEmpty());
    steps.forEach(step -> assertInstanceOf(Step.FromOrigin.class, step));
  }

  @Test
  void asksAnIdleOwnerForWhatNobodyHas() {
    SwarmPolicy policy = policy(2, 1, 1);
    wantAll(policy);
    answerPolls(policy, 1, delta(0, false));

    List<Step> steps = steps(policy);

    assertEquals(2, steps.size());
    assertTrue(steps.stream().allMatch(step -> ((Step.FromPeer) step).rank() == 1));
  }

  @Test
  void waitsNoLongerForWhatAnOwnerWasAskedForThatIsGone() {
    SwarmPolicy policy = policy(3, 1, 2);
    policy.want(0, now);
    List<Step> polls = steps(policy);
    IntStream.of(1, 2).forEach(rank -> policy.heard(rank, delta(0, false), now));
    polls.forEach(poll -> policy.done(poll, new Outcome.Got(0, 0), now));
    pass(Duration.ofMillis(100));
    Step.FromPeer asked = (Step.FromPeer) fetches(steps(policy)).getFirst();

    pass(Duration.ofMillis(100));
    steps(policy);
    assertEquals(Optional.empty(), policy.drop());
    policy.done(new Step.Poll(asked.rank(), 0), new Outcome.Unreachable(), now);
    pass(Duration.ofMillis(100));
    List<Step> next = fetches(steps(policy));

    assertEquals(Optional.of(new Step.Drop(asked)), policy.drop());
    assertEquals(List.of(new Step.FromPeer(0, 3 - asked.rank())), next);
  }

  @Test
  void waitsForAnOwnerThatGetsOnAndTakesOverFromOneThatDoesNot() {
    SwarmPolicy policy = policy(2, 0);
    IntStream.range(0, CHUNKS)
        .filter(
            chunk ->
                new Roster("deployment", peers(2, 0, 2)).origin().owners(DIGESTS.get(chunk), 1)[0]
                    == 1)
        .forEach(chunk -> policy.want(chunk, now));
    for (int second = 0; second < 5; second++) {
      answerPolls(policy, 1, new HaveDelta(0, second, true, List.of()));
      assertEquals(List.of(), fetches(steps(policy)));
      pass(Duration.ofSeconds(1));
    }

    for (int second = 0; second < 4; second++) {
      answerPolls(policy, 1, new HaveDelta(0, 4, true, List.of()));
      assertEquals(List.of(), fetches(steps(policy)));
      pass(Duration.ofSeconds(1));
    }
    answerPolls(policy, 1, new HaveDelta(0, 4, true, List.of()));

    List<Step> taken = fetches(steps(policy));
    assertTrue(taken.stream().anyMatch(Step.FromOrigin.class::isInstance), taken.toString());
  }

  @Test
  void leavesAChunkToOthersThatTheOriginSpoiltThreeTimes() {
    SwarmPolicy policy = policy(1, 0);
    policy.want(0, now);
    int asked = 0;
    for (int round = 0; round < 100; round++) {
      for (Step step : steps(policy)) {
        asked++;
        policy.done(step, new Outcome.Wrong(), now);
      }
      pass(Duration.ofSeconds(1));
    }

    assertEquals(3, asked);
  }

  private void assertSilentFor(SwarmPolicy policy, Duration pause) {
    pass(pause.minusMillis(1));
    assertEquals(List.of(), polls(steps(policy)));
    pass(Duration.ofMillis(1));
    assertEquals(List.of(new Step.Poll(1, 0)), polls(steps(policy)));
  }

  private void wantAll(SwarmPolicy policy) {
    IntStream.range(0, CHUNKS).forEach(chunk -> policy.want(chunk, now));
  }

  private void answerPolls(SwarmPolicy policy, int rank, HaveDelta delta) {
    Optional<Step> step = policy.next(now);
    if (step.isPresent() && step.get() instanceof Step.Poll poll) {
      policy.heard(rank, delta, now);
      policy.done(poll, new Outcome.Got(0, 0), now);
    }
  }

  private List<Step> steps(SwarmPolicy policy) {
    List<Step> steps = new ArrayList<>();
    for (Optional<Step> next = policy.next(now); next.isPresent(); next = policy.next(now)) {
      steps.add(next.get());
    }
    return steps;
  }

  private static List<Step> polls(List<Step> steps) {
    return steps.stream().filter(Step.Poll.class::isInstance).toList();
  }

  private static List<Step> fetches(List<Step> steps) {
    return steps.stream().filter(Step.Fetch.class::isInstance).toList();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static HaveDelta delta(int chunks, boolean active) {
    return new HaveDelta(chunks, 0, active, IntStream.range(0, chunks).boxed().toList());
  }

  private static Peer peer(int rank, String site, boolean originAccess) {
    return new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.of(site), originAccess);
  }

  /** {@code count} members of which those from {@code firstOwner} on reach the origin. */
  private static SwarmPolicy policy(int count, int firstOwner) {
    return policy(count, firstOwner, count);
  }

  private static SwarmPolicy policy(int count, int firstOwner, int owners) {
    return policy(peers(count, firstOwner, owners));
  }

  private static List<Peer> peers(int count, int firstOwner, int owners) {
    return IntStream.range(0, count)
        .mapToObj(rank -> peer(rank, "s" + rank, rank >= firstOwner && rank < firstOwner + owners))
        .toList();
  }

  private static SwarmPolicy policy(List<Peer> peers) {
    return new SwarmPolicy(
        new Roster("deployment", peers), 0, PART, PolicyLimits.DEFAULT, new SplittableRandom(1));
  }
}
