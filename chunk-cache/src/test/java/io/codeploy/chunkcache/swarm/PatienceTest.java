package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ChunkRef CHUNK = ChunkRef.raw(Digest.of(new byte[] {1}), 1_000);

  private final Patience patience = new Patience(LIMIT);
  private final Arrivals arrivals = new Arrivals();
  private long now;

  @Test
  void endsAfterTheLimitWithoutAnySign() {
    pass(LIMIT.minusNanos(1));
    assertFalse(patience.over(now));

    pass(Duration.ofNanos(1));
    assertTrue(patience.over(now));
  }

  @Test
  void beginsAnewWithEachVerifiedChunk() {
    for (int chunk = 0; chunk < 1_000; chunk++) {
      pass(LIMIT.minusNanos(1));
      assertFalse(patience.over(now));
      patience.restart(now);
    }
  }

  @Test
  void waitsForASlowChunkAsLongAsItGrows() {
    IntConsumer attempt = arrivals.attempt(CHUNK);
    for (int round = 0; round < 9; round++) {
      pass(LIMIT.minusNanos(1));
      attempt.accept(100);
      patience.arrived(arrivals.bytes(), now);
      assertFalse(patience.over(now), "round " + round);
    }
  }

  @Test
  void takesNoByteForProgressThatCameBefore() {
    arrivals.attempt(CHUNK).accept(500);
    patience.arrived(arrivals.bytes(), now);
    for (int second = 0; second < 60; second++) {
      pass(Duration.ofSeconds(1));
      arrivals.attempt(CHUNK).accept(500);
      patience.arrived(arrivals.bytes(), now);
    }

    assertTrue(patience.over(now));
    assertEquals(500, arrivals.bytes());
  }

  @Test
  void isOverAfterTenTimesTheLimitWhateverOthersTell() {
    while (!patience.over(now)) {
      pass(Duration.ofSeconds(1));
      patience.othersGotOn(now);
    }

    assertEquals(LIMIT.multipliedBy(10), Duration.ofNanos(now));
  }

  @Test
  void countsAVerifiedChunkOnceAndWhole() {
    arrivals.attempt(CHUNK).accept(300);
    arrivals.attempt(CHUNK).accept(400);
    arrivals.verified(CHUNK);

    assertEquals(1_000, arrivals.bytes());
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
