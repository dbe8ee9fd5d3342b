package io.codeploy.chunkcache.proxy;

import static io.codeploy.chunkcache.proxy.RawHttp.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.proxy.RawHttp.Answer;
import io.codeploy.chunkcache.proxy.ScriptedOrigin.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that serve clients from an origin that is well. */
class ProxyIT {
  private static final int MIB = RangePlan.RANGE_BYTES;

  private final byte[] content = new byte[4 * MIB + 12_345];
  @TempDir private Path temp;
  private ScriptedOrigin origin;
  private ProxyRig rig;
  private String path;

  @BeforeEach
  void start() throws IOException {
    new Random(5).nextBytes(content);
    origin =
        new ScriptedOrigin(
            ScriptedOrigin.file(
                content, "\"v1\"", "Cache-Control: max-age=3600", "Content-Type: text/x-big"));
    rig = new ProxyRig(temp, 3, "127.0.0.1:" + origin.port());
    path = "/127.0.0.1:" + origin.port() + "/dir/big.iso?v=1";
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
    origin.close();
  }

  @Test
  void costsTheOriginOneCopyHoweverManyAskAtOnce() throws Exception {
    List<FutureTask<Answer>> clients = new ArrayList<>();
    for (int member = 0; member < 6; member++) {
      int port = rig.port(member % 3);
      clients.add(new FutureTask<>(() -> get(port, path)));
    }

    clients.forEach(client -> Thread.ofVirtual().start(client));

    for (FutureTask<Answer> client : clients) {
      assertEquals(200, client.get().status());
      assertEquals(Optional.of("text/x-big"), client.get().header("Content-Type"));
      assertEquals(Optional.of("\"v1\""), client.get().header("ETag"));
      assertArrayEquals(content, client.get().body());
    }
    assertTrue(origin.bodyBytes() < 1.5 * content.length, origin.bodyBytes() + " bytes");
  }

  @Test
  void asksForNothingTwice() throws IOException {
    get(rig.port(0), path);
    long bytes = origin.bodyBytes();
    int requests = origin.requests().size();

    assertArrayEquals(content, get(rig.port(0), path).body());

    assertEquals(bytes, origin.bodyBytes());
    assertEquals(requests, origin.requests().size());
  }

  @Test
  void asksWhetherAFileStillHoldsThatNobodyVouchesFor() throws IOException {
    origin.now(ScriptedOrigin.file(content, "\"v1\""));
    get(rig.port(0), path);
    long bytes = origin.bodyBytes();
    int requests = origin.requests().size();

    assertArrayEquals(content, get(rig.port(0), path).body());

    assertEquals(bytes, origin.bodyBytes());
    assertEquals(requests + 1, origin.requests().size());
  }

  @Test
  void givesPartsAndHeadsAndKnowsWhoHasItAlready() throws IOException {
    Answer part = get(rig.port(0), path, "Range: bytes=" + (MIB - 5) + "-" + (MIB + 9));
    Answer end = get(rig.port(1), path, "Range: bytes=-7");
    Answer beyond = get(rig.port(1), path, "Range: bytes=" + content.length + "-");
    Answer head = RawHttp.ask(rig.port(2), "HEAD " + path + " HTTP/1.1");
    Answer known = get(rig.port(2), path, "If-None-Match: \"v1\"");
    Answer other = get(rig.port(2), path, "Range: bytes=0-1", "If-Range: \"v0\"");

    assertEquals(206, part.status());
    assertArrayEquals(Arrays.copyOfRange(content, MIB - 5, MIB + 10), part.body());
    assertEquals(
        Optional.of("bytes " + (MIB - 5) + "-" + (MIB + 9) + "/" + content.length),
        part.header("Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(content, content.length - 7, content.length), end.body());
    assertEquals(416, beyond.status());
    assertEquals(200, head.status());
    assertEquals(Optional.of("" + content.length), head.header("Content-Length"));
    assertEquals(0, head.body().length);
    assertEquals(304, known.status());
    assertEquals(200, other.status());
    assertArrayEquals(content, other.body());
  }

  @Test
  void servesWhoTakesItForAProxy() throws IOException {
    try (ScriptedOrigin other =
            new ScriptedOrigin("127.0.0.2", ScriptedOrigin.file(content, "\"v1\""));
        ProxyRig its = new ProxyRig(temp.resolve("other"), 2, "127.0.0.2:" + other.port())) {
      String host = "127.0.0.2:" + other.port();
      String line = "GET http://" + host + "/a/b HTTP/1.1";

      assertArrayEquals(content, RawHttp.ask(its.port(0), line, "Host: " + host).body());
      assertEquals(403, RawHttp.ask(rig.port(0), line, "Host: " + host).status());
      assertTrue(other.requests().getFirst().startsWith("GET /a/b HTTP/1.1"));
    }
  }

  @Test
  void doesWithoutAMemberThatIsGone() throws IOException {
    rig.kill(1);
    rig.kill(2);

    assertArrayEquals(content, get(rig.port(0), path).body());
  }

  @Test
  void doesWithoutAMemberThatSendsSomethingElse() throws IOException {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    Route liar =
        exchange -> {
          asked.add(exchange.path());
          exchange.setHeader("Repr-Digest", "sha-256=:" + "A".repeat(43) + "=:");
          exchange.respond(200, ByteBuffer.wrap(new byte[MIB]));
          return true;
        };
    try (ProxyRig two = new ProxyRig(temp.resolve("two"), 1, "127.0.0.1:" + origin.port(), liar)) {
      assertArrayEquals(content, get(two.port(0), ownedByTheLast(two)).body());
      assertEquals(Set.of("/p/about", "/p/range"), Set.copyOf(asked));
    }
  }

  /** A path of a file that the second of two members is the first to be asked for. */
  private String ownedByTheLast(ProxyRig two) {
    String name = "/x?";
    while (true) {
      OriginUrl url = new OriginUrl("http", "127.0.0.1", origin.port(), name, true);
      Version version = new Version(url, "\"v1\"", content.length);
      if (two.owners().of(url).getFirst().rank() == 1
          && two.owners().of(version, 1).getFirst().rank() == 1) {
        return url.target();
      }
      name += "x";
    }
  }

  @Test
  void passesOnWhatIsForOneClientAlone() throws IOException {
    Answer first = get(rig.port(0), path, "Authorization: Basic eA==");
    Answer second = get(rig.port(0), path, "Cookie: a=b", "Range: bytes=0-9");

    assertArrayEquals(content, first.body());
    assertEquals(206, second.status());
    assertArrayEquals(Arrays.copyOf(content, 10), second.body());
    assertEquals(2, origin.requests().size());
    assertTrue(origin.requests().get(0).contains("Authorization: Basic eA=="));
  }

  @Test
  void givesCookiesOnlyToWhoTellsOriginsApart() throws IOException {
    try (ScriptedOrigin other =
            new ScriptedOrigin(
                "127.0.0.2", ScriptedOrigin.file(content, "\"v1\"", "Set-Cookie: c=d"));
        ProxyRig its = new ProxyRig(temp.resolve("other"), 1, "127.0.0.2:" + other.port())) {
      String host = "127.0.0.2:" + other.port();
      String line = "GET http://" + host + "/a HTTP/1.1";

      Answer asPath = get(its.port(0), "/" + host + "/a", "Cookie: a=b");
      Answer asProxy = RawHttp.ask(its.port(0), line, "Host: " + host, "Cookie: a=b");

      assertArrayEquals(content, asPath.body());
      assertEquals(Optional.empty(), asPath.header("Set-Cookie"));
      assertEquals(Optional.of("c=d"), asProxy.header("Set-Cookie"));
      assertFalse(other.requests().getFirst().contains("a=b"), "" + other.requests());
      assertTrue(other.requests().getLast().contains("Cookie: a=b"), "" + other.requests());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Match: \"v0\"", "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"})
  void leavesToTheOriginWhetherItIsStillTheVersionOfTheClient(String condition) throws IOException {
    get(rig.port(0), path);
    origin.now(
        request ->
            Reply.of(
                request.contains(condition)
                    ? "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\n"
                    : "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n"));

    assertEquals(412, get(rig.port(0), path, condition, "Range: bytes=5-9").status());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 206, 302, 404, 500})
  void saysNoLengthThatItDoesNotKnow(int status) throws IOException {
    origin.now(request -> Reply.of("HTTP/1.1 " + status + " X\r\nContent-Type: text/plain\r\n"));

    Answer head = RawHttp.ask(rig.port(0), "HEAD " + path + " HTTP/1.1");
    Answer old = RawHttp.ask(rig.port(0), "HEAD " + path + " HTTP/1.0");

    assertEquals(status, head.status());
    assertEquals(Optional.empty(), head.header("Content-Length"));
    assertEquals("", head.text());
    assertEquals(status, old.status());
    assertEquals(Optional.empty(), old.header("Transfer-Encoding"));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void givesNoBodyToWhatHasNone(int status) throws IOException {
    origin.now(request -> Reply.of("HTTP/1.1 " + status + " X\r\nETag: \"v1\"\r\n"));

    Answer head = RawHttp.ask(rig.port(0), "HEAD " + path + " HTTP/1.1");

    assertEquals(status, head.status());
    assertEquals(Optional.empty(), head.header("Transfer-Encoding"));
    assertEquals(status, get(rig.port(0), path).status());
  }

  @Test
  void servesNoMoreClientsThanThereArePlaces() throws IOException {
    int places = rig.places(0).drainPermits();
    Answer none = get(rig.port(0), path);
    rig.places(0).release(places);

    assertEquals(503, none.status());
    assertEquals(Optional.of("1"), none.header("Retry-After"));
    assertArrayEquals(content, get(rig.port(0), path).body());
    assertEquals(places, rig.places(0).availablePermits());
  }

  @Test
  void keepsWhatCameThroughThisNode() throws IOException {
    assertArrayEquals(content, get(rig.port(0), path).body());
    rig.kill(1);
    rig.kill(2);
    int requests = origin.requests().size();

    assertArrayEquals(
        Arrays.copyOfRange(content, 3 * MIB, content.length),
        get(rig.port(0), path, "Range: bytes=" + 3 * MIB + "-").body());
    assertTrue(origin.requests().size() <= requests + 1, "" + origin.requests());
  }
}
