package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.proxy.ScriptedOrigin.Reply;
import io.codeploy.chunkcache.proxy.TroubleException.Kind;
import io.codeploy.chunkcache.wire.PlainClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who are asked and take their time. */
class SlowAnswersIT {
  private static final int PLACES = Places.OF_ONE;
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofHours(1);

  private static final Reply NOT_FOUND =
      Reply.of("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n");

  private final CountDownLatch asked = new CountDownLatch(PLACES);
  private final CountDownLatch end = new CountDownLatch(1);
  private ScriptedOrigin slow;
  private OriginUrl url;

  @BeforeEach
  void start() throws IOException {
    slow = new ScriptedOrigin(this::later);
    url = new OriginUrl("http", "127.0.0.1", slow.port(), "/x", true);
  }

  @AfterEach
  void stop() throws IOException {
    end.countDown();
    slow.close();
  }

  @Test
  void waitsForNoOriginForEver() {
    OriginClient client = new OriginClient(LONG, SHORT);

    IOException why = assertThrows(IOException.class, () -> client.first(url, Optional.empty()));

    // And not its subclass, which says that no byte came for a while.
    assertEquals(InterruptedIOException.class, Objects.requireNonNull(why.getCause()).getClass());
  }

  @Test
  void waitsForNoMemberForEver() {
    MemberClient client =
        new MemberClient(
            BearerToken.random(new SecureRandom()),
            new PlainClient(System::nanoTime, LockSupport::parkNanos, SHORT));
    Peer member = new Peer(0, "node0", "127.0.0.1", slow.port(), Optional.empty(), true);

    assertThrows(SocketTimeoutException.class, () -> client.about(member, url, Optional.empty()));
  }

  @Test
  void isBusyForAnOriginThatHoldsAllItsPlacesAndForNoOther() throws Exception {
    OriginClient client = new OriginClient(SHORT, LONG);
    List<FutureTask<OriginClient.First>> waiting = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      waiting.add(new FutureTask<>(() -> client.first(url, Optional.empty())));
    }
    waiting.forEach(task -> Thread.ofVirtual().start(task));
    asked.await();

    TroubleException why =
        assertThrows(TroubleException.class, () -> client.first(url, Optional.empty()));

    assertEquals(Kind.BUSY, why.kind());
    try (ScriptedOrigin quick = new ScriptedOrigin(request -> NOT_FOUND)) {
      OriginUrl other = new OriginUrl("http", "127.0.0.1", quick.port(), "/x", true);
      assertEquals(new OriginClient.First.Other(), client.first(other, Optional.empty()));
    }
    end.countDown();
    for (FutureTask<OriginClient.First> task : waiting) {
      assertEquals(new OriginClient.First.Other(), task.get());
    }
  }

  private Reply later(String request) {
    asked.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return NOT_FOUND;
  }
}
