package io.codeploy.chunkcache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CopiesTest {
  private static final Digest ONE = Digest.of(new byte[] {1});
  private static final Digest OTHER = Digest.of(new byte[] {2});
  private static final long LENGTH = 500_000;

  private final AtomicLong clock = new AtomicLong();
  private final Copies copies = new Copies(clock::get);

  @Test
  void sendsAChunkToTwoAtOnceBeforeItKnowsHowFastItSends() {
    Copies.Copy first = begin(ONE);
    begin(ONE);

    assertEquals(Optional.empty(), copies.begin(ONE, LENGTH));
    begin(OTHER);
    copies.end(first);
    begin(ONE);
  }

  @Test
  void sendsASmallChunkToAllWhoAskBeforeItKnows() {
    assertEquals(8, eight(64 << 10).count());
  }

  @Test
  void sendsAChunkToAllWhoAskOnceOneHasGoneOutQuickly() {
    send(Duration.ofMillis(250), begin(ONE));

    assertEquals(8, eight().count());
  }

  @Test
  void sendsAChunkToTwoAtOnceWhereOneHasTakenLong() {
    send(Duration.ofMillis(251), begin(ONE));

    begin(ONE);
    begin(ONE);
    assertFalse(copies.begin(ONE, LENGTH).isPresent());
    assertTrue(copies.begin(OTHER, LENGTH).isPresent());
  }

  @Test
  void takesItselfForSlowWithLargeChunksFirst() {
    send(Duration.ofMillis(200), begin(ONE));

    begin(ONE, 2 * LENGTH);
    begin(ONE, 2 * LENGTH);
    assertFalse(copies.begin(ONE, 2 * LENGTH).isPresent());
    assertTrue(copies.begin(ONE, LENGTH).isPresent());
  }

  @Test
  void countsWhatSharesTheUplink() {
    List<Copies.Copy> four = List.of(begin(ONE), begin(ONE), begin(OTHER), begin(OTHER));
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    four.forEach(copies::sent);
    four.forEach(copies::end);

    assertEquals(8, eight().count());
  }

  @Test
  void isNotSlowForOneReceiverThatIs() {
    send(Duration.ofMillis(20), begin(ONE));
    send(Duration.ofSeconds(2), begin(ONE));

    assertEquals(8, eight().count());
  }

  @Test
  void tellsHalfOfTheTimeForWhichTheFirstCopyHasBeenUnderWay() {
    begin(ONE);
    clock.addAndGet(Duration.ofSeconds(4).toNanos());
    begin(ONE);
    clock.addAndGet(Duration.ofSeconds(10).toNanos());

    assertEquals(Duration.ofSeconds(7), copies.pause(ONE));
    assertEquals(Duration.ofSeconds(1), copies.pause(OTHER));
  }

  /** As many as a member has upload slots for. */
  private Stream<Copies.Copy> eight() {
    return eight(LENGTH);
  }

  private Stream<Copies.Copy> eight(long length) {
    return IntStream.range(0, 8).mapToObj(i -> copies.begin(ONE, length)).flatMap(Optional::stream);
  }

  private void send(Duration time, Copies.Copy copy) {
    clock.addAndGet(time.toNanos());
    copies.sent(copy);
    copies.end(copy);
  }

  private Copies.Copy begin(Digest chunk) {
    return begin(chunk, LENGTH);
  }

  private Copies.Copy begin(Digest chunk, long length) {
    return copies.begin(chunk, length).orElseThrow();
  }
}
