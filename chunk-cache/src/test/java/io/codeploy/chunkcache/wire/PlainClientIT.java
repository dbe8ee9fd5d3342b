package io.codeploy.chunkcache.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PlainClientIT {
  private static final String ABC = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";

  private final List<Integer> arrived = new ArrayList<>();
  private final PlainClient client = client(Duration.ofMinutes(1));

  @Test
  void asksAsItIsToldAndKeepsTheConnection() throws Exception {
    try (Scripted server =
        new Scripted(
            peer -> {
              peer.request();
              peer.say(ABC);
              peer.request();
              peer.say("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
              peer.awaitEnd();
            })) {
      String first = text(server);
      try (Reply second = get(server)) {
        assertEquals(404, second.status());
      }
      client.close();

      assertEquals("abc", first);
      assertEquals("ended", server.ended.take());
      assertEquals(1, server.connections.get());
      String head = "GET /c/1 HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nX: y\r\n\r\n";
      assertEquals(List.of(head, head), server.requests);
    }
  }

  @Test
  void readsABodyThatComesInPieces() throws Exception {
    byte[] body = "0123456789".repeat(40_000).getBytes(StandardCharsets.ISO_8859_1);
    try (Scripted server =
        new Scripted(
            peer -> {
              peer.request();
              peer.say("HTTP/1.1 200 OK\r\nContent-Le");
              peer.say("ngth: " + body.length + "\r\n\r\n0");
              peer.say(new String(body, 1, body.length - 1, StandardCharsets.ISO_8859_1));
            })) {
      try (Reply reply = get(server)) {
        assertArrayEquals(body, reply.read(body.length, arrived::add));
      }

      assertEquals(body.length, arrived.stream().mapToInt(Integer::intValue).sum());
    }
  }

  @Test
  void asksAgainWhereAKeptConnectionWasClosed() throws Exception {
    try (Scripted server =
        new Scripted(
            peer -> {
              peer.request();
              peer.say(ABC);
            },
            peer -> {
              peer.request();
              peer.say(ABC);
            })) {
      text(server);

      assertEquals("abc", text(server));
      assertEquals(2, server.connections.get());
    }
  }

  @Test
  void asksOnceWhereANewConnectionIsClosed() throws Exception {
    try (Scripted server = new Scripted(Scripted.Peer::request, Scripted.Peer::request)) {
      assertThrows(IOException.class, () -> get(server));

      assertEquals(1, server.connections.get());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nxyz",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd",
      })
  void closesAConnectionWithMoreOnItThanWasRead(String answer) throws Exception {
    try (Scripted server =
        new Scripted(
            peer -> {
              peer.request();
              peer.say(answer);
              peer.awaitEnd();
            })) {
      try (Reply reply = get(server)) {
        assertEquals("abc", text(reply, 3));
      }

      assertEquals(1, server.connections.get());
      assertTrue(server.ended.take().contains("e"));
    }
  }

  @Test
  void readsNoMoreThanTheBodyHas() throws Exception {
    try (Scripted server = answering(ABC);
        Reply reply = get(server)) {
      assertThrows(IOException.class, () -> reply.read(4, arrived::add));
    }
  }

  @Test
  void tellsWhatCameOfABodyThatEndsEarly() throws Exception {
    try (Scripted server = answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc");
        Reply reply = get(server)) {
      assertThrows(IOException.class, () -> reply.read(4, arrived::add));
    }

    assertEquals(3, arrived.stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void followsNoRedirection() throws Exception {
    String moved = "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";
    try (Scripted server = answering(moved);
        Reply reply = get(server)) {
      assertEquals(302, reply.status());
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void readsNoHeadWithoutAnEnd() throws Exception {
    try (Scripted server =
        new Scripted(
            peer -> {
              peer.request();
              peer.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n");
              while (true) {
                peer.say("X: " + "y".repeat(1000) + "\r\n");
              }
            })) {
      IOException endless = assertThrows(IOException.class, () -> get(server));

      assertTrue(endless.toString().contains("16384"), endless.toString());
    }
  }

  @Test
  void givesUpOnAPeerThatFallsSilent() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (PlainClient hasty = client(Duration.ofMillis(50));
        Scripted server =
            new Scripted(
                peer -> {
                  peer.request();
                  peer.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na");
                  over.await();
                })) {
      // The head may be too late as well.
      assertThrows(
          SocketTimeoutException.class,
          () -> {
            try (Reply reply = hasty.get("127.0.0.1", server.port(), "/c/1", Map.of())) {
              reply.read(3, arrived::add);
            }
          });
    } finally {
      over.countDown();
    }
  }

  @Test
  void givesUpOnAHeadThatDrips() throws Exception {
    AtomicLong nanos = new AtomicLong();
    LongSupplier racing = () -> nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    try (PlainClient hasty =
            new PlainClient(racing, LockSupport::parkNanos, Duration.ofMinutes(1));
        Scripted server =
            new Scripted(
                peer -> {
                  peer.request();
                  peer.say("HTTP/1.1 200");
                  peer.awaitEnd();
                })) {
      IOException late =
          assertThrows(
              SocketTimeoutException.class,
              () -> hasty.get("127.0.0.1", server.port(), "/c/1", Map.of()));

      assertTrue(late.toString().contains("head"), late.toString());
      assertEquals("ended", server.ended.take());
    }
  }

  @Test
  void givesUpOnAnAnswerThatDripsForLongerThanItMay() throws Exception {
    AtomicLong nanos = new AtomicLong();
    CountDownLatch more = new CountDownLatch(1);
    try (PlainClient patient =
            new PlainClient(nanos::get, LockSupport::parkNanos, Duration.ofMinutes(1));
        Scripted server =
            new Scripted(
                peer -> {
                  peer.request();
                  peer.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
                  more.await();
                  peer.say("a");
                  peer.awaitEnd();
                });
        Reply reply = patient.get("127.0.0.1", server.port(), "/c/1", Map.of())) {
      reply.limit(Duration.ofHours(1));
      nanos.addAndGet(Duration.ofHours(1).toNanos() + 1);
      more.countDown();

      assertThrows(SocketTimeoutException.class, () -> reply.read(3, arrived::add));
    }
  }

  @Test
  void saysThatAHostIsUnknown() {
    assertThrows(
        UnknownHostException.class, () -> client.get("no such\r\nhost", 80, "/", Map.of()));
  }

  private static Scripted answering(String text) throws IOException {
    return new Scripted(
        peer -> {
          peer.request();
          peer.say(text);
        });
  }

  private String text(Scripted server) throws IOException {
    try (Reply reply = get(server)) {
      return text(reply, (int) reply.length());
    }
  }

  private String text(Reply reply, int length) throws IOException {
    return new String(reply.read(length, arrived::add), StandardCharsets.ISO_8859_1);
  }

  private Reply get(Scripted server) throws IOException {
    return client.get("127.0.0.1", server.port(), "/c/1", Map.of("X", "y"));
  }

  private static PlainClient client(Duration stall) {
    return new PlainClient(System::nanoTime, LockSupport::parkNanos, stall);
  }
}
