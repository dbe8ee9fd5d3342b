package io.codeploy.multicopy.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReelTest {
  /** What all reels together may hold. */
  private static final long ALL_ROOM = 64 << 20;

  private final Sources sources = new Sources(Exclusion.none(), Set.of(), TimeSource.system());
  private final BlockingQueue<Optional<String>> words = new LinkedBlockingQueue<>();
  private final AtomicInteger closed = new AtomicInteger();

  /** Words that a test gives it, one after another; an empty one is a failure. */
  private Reel.Maker maker() {
    return new Reel.Maker() {
      @Override
      public String form() {
        return "words";
      }

      @Override
      public Optional<Reel.Piece> next() throws IOException {
        try {
          Optional<String> word = words.take();
          if (word.equals(Optional.of(""))) {
            throw new IOException("no more words");
          }
          return word.map(w -> new Reel.Piece(Wire.bytes(w), new Amount(1, w.length())));
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }

      @Override
      public String seal() {
        return "all";
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  private static String word(Reel reel, int index) throws IOException {
    return reel.piece(index)
        .map(piece -> new String(piece.bytes(), StandardCharsets.UTF_8))
        .orElse("end");
  }

  @Test
  void isMadeOnceForAllWhoWaitForItsPieces() throws Exception {
    Reel reel = sources.reel("purpose", 10, this::maker).orElseThrow();
    Reel other = sources.reel("purpose", 10, this::maker).orElseThrow();
    FutureTask<String> waiting = new FutureTask<>(() -> word(other, 1));
    Thread.ofVirtual().start(waiting);
    words.add(Optional.of("one"));
    words.add(Optional.of("two"));
    words.add(Optional.empty());

    assertSame(reel, other);
    assertEquals("words", reel.form());
    assertEquals("two", waiting.get());
    assertEquals("one", word(reel, 0));
    assertEquals("end", word(reel, 2));
    assertEquals("all", reel.seal());
    assertEquals("one", word(other, 0));
    assertEquals(1, closed.get());
  }

  @Test
  void failsForEveryReaderWhereItBrokeOff() throws Exception {
    Reel reel = sources.reel("purpose", 10, this::maker).orElseThrow();
    words.add(Optional.of("one"));
    words.add(Optional.of(""));

    assertThrows(IOException.class, () -> reel.piece(1));
    assertThrows(IOException.class, () -> reel.piece(1));
    assertEquals("one", word(reel, 0));
  }

  @Test
  void leavesLaterNodesAndItsRoomAloneOnceItFailed() throws Exception {
    Reel reel = sources.reel("purpose", ALL_ROOM, this::maker).orElseThrow();
    assertEquals(Optional.empty(), sources.reel("other", 1, this::maker));
    words.add(Optional.of(""));
    assertThrows(IOException.class, () -> reel.piece(0));

    assertEquals(1, closed.get());
    assertEquals(Optional.empty(), sources.reel("purpose", 10, this::maker));
    assertTrue(sources.reel("third", ALL_ROOM, this::maker).isPresent());
  }

  @Test
  void leavesLaterNodesAndItsRoomAloneWhereItDidNotBegin() throws Exception {
    Sources.Opener failing =
        () -> {
          throw new IOException("too many open files");
        };
    assertThrows(IOException.class, () -> sources.reel("purpose", ALL_ROOM, failing));

    assertEquals(Optional.empty(), sources.reel("purpose", 10, this::maker));
    assertTrue(sources.reel("other", ALL_ROOM, this::maker).isPresent());
  }

  @Test
  void isNotBegunWhereThereIsNoRoom() throws Exception {
    assertEquals(Optional.empty(), sources.reel("large", 1L << 40, this::maker));
  }
}
