package io.codeploy.chunkcache.swarm.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Members 0, 2 and 4 are in one site, 1, 3 and 5 in another. */
class SiteRuleTest {
  private static final int CHUNK = 0;
  private static final List<Digest> CHUNKS =
      List.of(
          Digest.of("a".getBytes(StandardCharsets.UTF_8)),
          Digest.of("b".getBytes(StandardCharsets.UTF_8)));
  private static final Roster ROSTER =
      new Roster(
          "deployment",
          IntStream.range(0, 6)
              .mapToObj(
                  rank -> new Peer(rank, "n" + rank, "h", 1, Optional.of("s" + rank % 2), true))
              .toList());
  private static final int[] ORDER = ROSTER.near(0).owners(CHUNKS.get(CHUNK), 3);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Members members = new Members(Set.of(), () -> false);
  private final HaveMap haves = new HaveMap(2, ROSTER.near(0)::contains);

  @Test
  void letsOneMemberOfASiteCross() {
    assertTrue(rule(ORDER[0]).mayCross(CHUNK, 0));
    assertFalse(rule(ORDER[1]).mayCross(CHUNK, 0));
    assertFalse(rule(ORDER[2]).mayCross(CHUNK, 0));
  }

  @Test
  void letsEverybodyAskThoseOfItsOwnSite() {
    assertTrue(rule(ORDER[2]).mayAsk(ORDER[1], CHUNK, 0));
    assertFalse(rule(ORDER[2]).mayAsk(1, CHUNK, 0));
  }

  @Test
  void letsTheNextCrossWhenTheFirstDoesNotAnswer() {
    members.health(ORDER[0]).failed(0);

    assertTrue(rule(ORDER[1]).mayCross(CHUNK, 1));
    assertFalse(rule(ORDER[2]).mayCross(CHUNK, 1));
  }

  @Test
  void letsTheNextCrossWhenTheFirstWantsNothing() {
    members.view(ORDER[0]).heard(new HaveDelta(0, 0, false, List.of()), 0);

    assertTrue(rule(ORDER[1]).mayCross(CHUNK, 1));
  }

  @Test
  void letsTheOthersCrossOneByOneWhenNothingGetsIntoTheSite() {
    SiteRule second = rule(ORDER[1]);
    SiteRule third = rule(ORDER[2]);
    second.mayCross(CHUNK, 0);
    third.mayCross(CHUNK, 0);

    assertFalse(second.mayCross(CHUNK, 20 * SECOND - 1));
    assertTrue(second.mayCross(CHUNK, 20 * SECOND));
    assertFalse(third.mayCross(CHUNK, 25 * SECOND - 1));
    assertTrue(third.mayCross(CHUNK, 25 * SECOND));
  }

  @Test
  void waitsAsLongAsOtherChunksGetIntoTheSite() {
    SiteRule second = rule(ORDER[1]);
    second.mayCross(CHUNK, 0);
    haves.add(ORDER[0], List.of(1), any -> {});

    assertFalse(second.mayCross(CHUNK, 19 * SECOND));
    assertFalse(second.mayCross(CHUNK, 39 * SECOND - 1));
    assertTrue(second.mayCross(CHUNK, 39 * SECOND));
  }

  @Test
  void hasTheSameDelegateForAllMembersOfTheSite() {
    assertEquals(List.of(0, 2, 4), IntStream.of(ORDER).sorted().boxed().toList());
    assertEquals(ORDER[0], ROSTER.near(4).owners(CHUNKS.get(CHUNK), 1)[0]);
  }

  private SiteRule rule(int self) {
    Wants wants = new Wants(2, 8, haves, new SplittableRandom(1));
    Pace pace = new Pace(members, wants);
    return new SiteRule(self, CHUNKS, ROSTER.near(self), haves, members, pace);
  }
}
