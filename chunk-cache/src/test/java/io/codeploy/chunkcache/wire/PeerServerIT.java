package io.codeploy.chunkcache.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PeerServerIT {
  private static final Duration LONG = Duration.ofHours(1);
  private static final byte[] LARGE = new byte[3_000_001];

  static {
    new SplittableRandom(1).nextBytes(LARGE);
  }

  private Optional<PeerServer> started = Optional.empty();

  @AfterEach
  void stop() {
    started.ifPresent(PeerServer::close);
  }

  @Test
  void answersSeveralRequestsOnAConnection() throws Exception {
    serve(PeerServerIT::echo, LONG);
    PlainClient client =
        new PlainClient(System::nanoTime, LockSupport::parkNanos, Duration.ofMinutes(1));

    for (int i = 0; i < 3; i++) {
      try (Reply reply = client.get("127.0.0.1", port(), "/c/1?since=7", Map.of("Who", "me"))) {
        assertEquals(200, reply.status());
        String text = new String(reply.read((int) reply.length(), n -> {}), StandardCharsets.UTF_8);
        assertEquals("GET /c/1 7 me", text);
      }
    }
    try (Reply large = client.get("127.0.0.1", port(), "/large", Map.of())) {
      assertArrayEquals(LARGE, large.read(LARGE.length, n -> {}));
    }
  }

  @Test
  void answersRequestsThatComeAtOnceOneAfterTheOther() throws Exception {
    serve(PeerServerIT::echo, LONG);

    String answers =
        raw(
            "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\nGET /c HTTP/1.1\r\n\r\n");

    assertTrue(answers.contains("GET /a "), answers);
    assertTrue(answers.contains("GET /b "), answers);
    assertFalse(answers.contains("GET /c "), answers);
  }

  @Test
  void sendsNoBodyWhereTheHeadIsAskedForAndNoLengthWhereNothingHasChanged() throws Exception {
    serve(PeerServerIT::echo, LONG);

    String answers =
        raw("HEAD /large HTTP/1.1\r\n\r\nGET /304 HTTP/1.1\r\nConnection: close\r\n\r\n");

    assertEquals("HTTP/1.1 200 \r\nContent-Length: 3000001\r\n\r\nHTTP/1.1 304 \r\n\r\n", answers);
  }

  @Test
  void streamsABodyOfAToldLength() throws Exception {
    serve(exchange -> stream(exchange, "abc", 3), LONG);

    assertTrue(raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").endsWith("\r\n\r\nabc"));
    assertTrue(raw("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n").endsWith("\r\n\r\n"));
  }

  /** So that whoever asked sees that it is not complete. */
  @Test
  void closesAConnectionWhoseBodyIsNotComplete() throws Exception {
    serve(exchange -> stream(exchange, "ab", 3), LONG);

    String answers = raw("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");

    assertTrue(answers.endsWith("\r\n\r\nab"), answers);
  }

  @Test
  void tellsOfAFailureAndOfWhatNoRouteKnows() throws Exception {
    serve(
        exchange -> {
          if (exchange.path().equals("/broken")) {
            throw new IllegalStateException("meant to be");
          }
          return false;
        },
        LONG);

    assertTrue(raw("GET /broken HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 500 "));
    assertTrue(raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 404 "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "SSH-2.0-x\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "get / HTTP/1.1\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n",
        "GET http://elsewhere/ HTTP/1.1\r\n\r\n",
        "GET /%2e%2e/ HTTP/1.1\r\n\r\n",
        "GET /a\0 HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nA: 1\r\na: 2\r\n\r\n",
        "GET / HTTP/1.1\r\nA : 1\r\n\r\n",
        "GET / HTTP/1.1\r\nA: 1\nB: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      })
  void refusesWhatIsNoRequestAndCloses(String text) throws Exception {
    serve(PeerServerIT::echo, LONG);

    assertEquals(
        "HTTP/1.1 400 \r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        raw(text + "GET /next HTTP/1.1\r\n\r\n")
            .replaceAll("(?s)(HTTP/1.1 400.*?\r\n\r\n).*", "$1"));
  }

  @Test
  void refusesAHeadWithoutAnEnd() throws Exception {
    serve(PeerServerIT::echo, LONG);

    String answer = raw("GET / HTTP/1.1\r\nA: " + "a".repeat((16 << 10) - 19));

    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  @Test
  void closesConnectionsThatStandStill() throws Exception {
    serve(PeerServerIT::echo, Duration.ofMillis(20));

    assertEquals("", raw("GET / HTT"));
    try (Socket deaf = connect()) {
      OutputStream out = deaf.getOutputStream();
      out.write("GET /large HTTP/1.1\r\n\r\n".repeat(50).getBytes(StandardCharsets.US_ASCII));
      // A connection that was closed takes nothing; the server would read no more of one that is
      // not.
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              out.write('x');
              LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
          });
    }
  }

  @Test
  void closesTheOneThatWasIdleForLongestWhereThereAreTooMany() throws Exception {
    serve(PeerServerIT::echo, LONG);
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 401; i++) {
        idle.add(connect());
      }

      assertEquals(-1, idle.getFirst().getInputStream().read());
      Socket last = idle.getLast();
      last.getOutputStream()
          .write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertTrue(drain(last) > 0);
    } finally {
      for (Socket one : idle) {
        one.close();
      }
    }
  }

  @Test
  void endsConnectionsAndListensNoMoreWhenItIsClosed() throws Exception {
    PeerServer server = serve(PeerServerIT::echo, LONG);
    try (Socket idle = connect()) {
      server.close();

      assertEquals(0, drain(idle));
      assertThrows(ConnectException.class, this::connect);
    }
  }

  private PeerServer serve(Route route, Duration stall) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    PeerServer server = PeerServer.start("test", any, route, System::nanoTime, stall);
    started = Optional.of(server);
    return server;
  }

  private int port() {
    return started.orElseThrow().address().getPort();
  }

  private static boolean echo(Exchange exchange) throws IOException {
    switch (exchange.path()) {
      case "/large" -> exchange.respond(200, ByteBuffer.wrap(LARGE));
      case "/304" -> exchange.respond(304);
      default -> {
        String since = exchange.query("since").orElse("-");
        String who = exchange.header("who").orElse("-");
        String text = exchange.method() + " " + exchange.path() + " " + since + " " + who;
        exchange.respond(200, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      }
    }
    return true;
  }

  private static boolean stream(Exchange exchange, String text, int length) throws IOException {
    exchange.setHeader("Content-Length", Integer.toString(length));
    OutputStream out = exchange.stream(200);
    if (!exchange.method().equals("HEAD")) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    out.close();
    return true;
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port());
  }

  /** Sends {@code text} and reads until the server closes, well or not. */
  private String raw(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder answer = new StringBuilder();
      try {
        for (int next = socket.getInputStream().read();
            next >= 0;
            next = socket.getInputStream().read()) {
          answer.append((char) next);
        }
      } catch (IOException e) {
        // Closed with something unread: what had come before is what counts.
        assertTrue(e.toString().contains("reset"), e.toString());
      }
      return answer.toString();
    }
  }

  private static long drain(Socket socket) throws IOException {
    byte[] piece = new byte[1 << 16];
    long all = 0;
    try {
      for (int n = socket.getInputStream().read(piece);
          n >= 0;
          n = socket.getInputStream().read(piece)) {
        all += n;
      }
    } catch (IOException e) {
      assertTrue(e.toString().contains("reset"), e.toString());
    }
    return all;
  }
}
