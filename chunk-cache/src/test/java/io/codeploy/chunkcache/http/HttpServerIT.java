package io.codeploy.chunkcache.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerIT {
  private static final BearerToken TOKEN = new BearerToken("0f".repeat(32));
  private static final byte[] CONTENT = content(700_000);
  private static final Digest DIGEST = Digest.of(CONTENT);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ChunkRoute chunks = chunkRoute(4);
  private Optional<HttpServer> started = Optional.empty();

  @AfterEach
  void stop() {
    started.ifPresent(HttpServer::close);
    client.close();
  }

  @Test
  void servesAChunkWithTheHeadersOfAnImmutableBody() throws Exception {
    HttpResponse<byte[]> response = send(request("/c/" + DIGEST));

    assertEquals(200, response.statusCode());
    assertArrayEquals(CONTENT, response.body());
    assertEquals("\"" + DIGEST + "\"", header(response, "ETag"));
    assertEquals("public, max-age=31536000, immutable", header(response, "Cache-Control"));
    assertTrue(header(response, "Repr-Digest").matches("sha-256=:[A-Za-z0-9+/]{43}=:"));
    assertEquals("bytes", header(response, "Accept-Ranges"));
    assertEquals("", header(response, "Server"));
    assertEquals(CONTENT.length, chunks.bytesSent());
  }

  @Test
  void servesARange() throws Exception {
    HttpResponse<byte[]> response =
        send(request("/c/" + DIGEST).header("Range", "bytes=1000-300000"));

    assertEquals(206, response.statusCode());
    assertEquals("bytes 1000-300000/700000", header(response, "Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(CONTENT, 1000, 300_001), response.body());
  }

  @Test
  void saysHowLongTheBodyIsWhenTheRangeIsBeyondIt() throws Exception {
    HttpResponse<byte[]> response = send(request("/c/" + DIGEST).header("Range", "bytes=700000-"));

    assertEquals(416, response.statusCode());
    assertEquals("bytes */700000", header(response, "Content-Range"));
    assertEquals(0, response.body().length);
  }

  @Test
  void ignoresTheRangeOfAnotherBody() throws Exception {
    HttpResponse<byte[]> response =
        send(request("/c/" + DIGEST).header("Range", "bytes=0-9").header("If-Range", "\"other\""));

    assertEquals(200, response.statusCode());
    assertEquals(CONTENT.length, response.body().length);
  }

  @Test
  void sendsNoBodyToWhoHasItOrAsksForTheHeadOnly() throws Exception {
    HttpResponse<byte[]> known =
        send(request("/c/" + DIGEST).header("If-None-Match", "\"" + DIGEST + "\""));
    HttpResponse<byte[]> head =
        send(request("/c/" + DIGEST).method("HEAD", BodyPublishers.noBody()));

    assertEquals(304, known.statusCode());
    assertEquals(200, head.statusCode());
    assertEquals("700000", header(head, "Content-Length"));
    assertEquals(0, head.body().length);
    assertEquals(0, chunks.bytesSent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer 00", "Basic YTpi", "bearer 0f"})
  void refusesWhoDoesNotShowTheToken(String shown) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri("/c/" + DIGEST));
    if (!shown.isEmpty()) {
      request.header("Authorization", shown);
    }

    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());

    assertEquals(401, response.statusCode());
    assertEquals("Bearer", header(response, "WWW-Authenticate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/c/", "/c/00", "/c/../c/", "/", "/nothing", "/f/00", "/c/%00"})
  void knowsNothingElse(String path) throws Exception {
    int status = send(request(path)).statusCode();

    assertTrue(status == 404 || status == 400, "status " + status);
  }

  @Test
  void answersAnyOtherMethodWith405() throws Exception {
    assertEquals(405, send(request("/c/" + DIGEST).DELETE()).statusCode());
  }

  @Test
  void tellsToComeBackWhenAllSlotsAreTaken() throws Exception {
    AtomicLong clock = new AtomicLong();
    UploadSlots slots = new UploadSlots(1, clock::get);
    ChunkRoute narrow =
        new ChunkRoute(digest -> Optional.of(ByteBuffer.wrap(CONTENT)), TOKEN, slots);
    start(narrow);
    assertTrue(slots.take());

    HttpResponse<byte[]> refused = send(request("/c/" + DIGEST));
    clock.set(Duration.ofSeconds(7).toNanos());
    HttpResponse<byte[]> later = send(request("/c/" + DIGEST));
    slots.giveBack();
    HttpResponse<byte[]> served = send(request("/c/" + DIGEST));

    assertEquals(503, refused.statusCode());
    assertEquals("1", header(refused, "Retry-After"));
    assertEquals("7", header(later, "Retry-After"), "no slot has become free for so long");
    assertEquals(200, served.statusCode());
  }

  @Test
  void sendsAChunkNoFasterThanItMay() throws Exception {
    AtomicLong clock = new AtomicLong();
    Throttle throttle = new Throttle(CONTENT.length, clock::get, clock::addAndGet);
    ChunkRoute slow =
        new ChunkRoute(
            digest -> Optional.of(ByteBuffer.wrap(CONTENT)), TOKEN, new UploadSlots(1), throttle);
    start(slow);

    HttpResponse<byte[]> served = send(request("/c/" + DIGEST));
    HttpResponse<byte[]> again = send(request("/c/" + DIGEST));

    assertArrayEquals(CONTENT, served.body());
    assertArrayEquals(CONTENT, again.body());
    assertEquals(2L * CONTENT.length, slow.bytesSent());
    assertEquals(1.9, clock.get() / 1e9, 0.001);
  }

  @Test
  void tellsToComeBackWhoWouldBeTheThirdToGetAChunkFromASlowMember() throws Exception {
    AtomicLong clock = new AtomicLong();
    UploadSlots slots = new UploadSlots(8, clock::get);
    start(new ChunkRoute(digest -> Optional.of(ByteBuffer.wrap(CONTENT)), TOKEN, slots));
    Copies copies = slots.copies().orElseThrow();
    Copies.Copy first = copies.begin(DIGEST, CONTENT.length).orElseThrow();
    Copies.Copy second = copies.begin(DIGEST, CONTENT.length).orElseThrow();
    clock.set(Duration.ofSeconds(10).toNanos());

    HttpResponse<byte[]> refused = send(request("/c/" + DIGEST));
    copies.end(first);
    HttpResponse<byte[]> served = send(request("/c/" + DIGEST));
    copies.end(second);

    assertEquals(503, refused.statusCode());
    assertEquals("5", header(refused, "Retry-After"));
    assertEquals(200, served.statusCode());
  }

  @Test
  void putsAFileTogetherAndServesRangesOfIt() throws Exception {
    start(fileRoute(chunk -> ByteBuffer.wrap(CONTENT)));
    byte[] file = new byte[600];
    System.arraycopy(CONTENT, 100, file, 0, 500);
    System.arraycopy(CONTENT, 7, file, 500, 100);

    HttpResponse<byte[]> whole = send(request("/f/" + DIGEST));
    HttpResponse<byte[]> range = send(request("/f/" + DIGEST).header("Range", "bytes=498-502"));

    assertArrayEquals(file, whole.body());
    assertEquals("600", header(whole, "Content-Length"));
    assertEquals(206, range.statusCode());
    assertArrayEquals(Arrays.copyOfRange(file, 498, 503), range.body());
  }

  @Test
  void breaksOffAFileWhoseChunkCannotBeHad() throws Exception {
    CountDownLatch second = new CountDownLatch(2);
    start(
        fileRoute(
            chunk -> {
              second.countDown();
              if (second.getCount() == 0) {
                throw new IOException("gone");
              }
              return ByteBuffer.wrap(CONTENT);
            }));

    assertThrows(IOException.class, () -> send(request("/f/" + DIGEST)));
  }

  @Test
  void answers500WithoutAWordWhenARouteFails() throws Exception {
    start(
        exchange -> {
          throw new IllegalStateException("a bug");
        });

    HttpResponse<byte[]> response = send(request("/"));

    assertEquals(500, response.statusCode());
    assertEquals(0, response.body().length);
  }

  @Test
  void keepsTheEndpointsApart() throws Exception {
    HttpServer server =
        HttpServer.start(
            "two",
            List.of(endpoint("127.0.0.1", text("first")), endpoint("127.0.0.2", text("second"))));
    started = Optional.of(server);

    assertEquals("first", get(server.addresses().get(0)));
    assertEquals("second", get(server.addresses().get(1)));
  }

  @Test
  void listensOnIpv6() throws Exception {
    HttpServer server = HttpServer.start("six", List.of(endpoint("::1", text("six"))));
    started = Optional.of(server);

    assertEquals("six", get(server.addresses().getFirst()));
  }

  @Test
  void saysWhichAddressIsTaken() throws Exception {
    HttpServer server = HttpServer.start("first", List.of(endpoint("127.0.0.1", text("x"))));
    started = Optional.of(server);
    Endpoint taken = new Endpoint(server.addresses().getFirst(), List.of());

    IOException refused =
        assertThrows(IOException.class, () -> HttpServer.start("second", List.of(taken)));

    assertTrue(refused.toString().contains("cannot listen on /127.0.0.1:"), refused.toString());
  }

  @Test
  void takesABodyAndRefusesOneThatIsTooLarge() throws Exception {
    start(
        exchange -> {
          byte[] body = exchange.body().readAllBytes();
          exchange.respond(200, ByteBuffer.wrap(String.valueOf(body.length).getBytes(UTF_8)));
          return true;
        });

    HttpResponse<byte[]> fits = send(request("/").POST(BodyPublishers.ofByteArray(CONTENT)));
    String tooLarge = raw("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n");

    assertEquals("700000", new String(fits.body(), UTF_8));
    assertTrue(tooLarge.startsWith("HTTP/1.1 413"), tooLarge);
    assertFalse(tooLarge.contains("etty"), tooLarge);
  }

  @Test
  void refusesHeadersWithoutEndAndNamesNoSoftware() throws Exception {
    start(text("x"));

    String answer = raw("GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(20_000) + "\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 431"), answer);
    assertFalse(answer.contains("etty"), answer);
  }

  @Test
  void sendsPiecesOfAStreamAsTheyAreFlushed() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    start(
        exchange -> {
          var out = exchange.stream(200);
          out.write("first".getBytes(UTF_8));
          out.flush();
          try {
            read.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          out.write("second".getBytes(UTF_8));
          out.close();
          return true;
        });

    HttpResponse<InputStream> response =
        client.send(request("/").build(), BodyHandlers.ofInputStream());
    String first = new String(response.body().readNBytes(5), UTF_8);
    read.countDown();

    assertEquals("first", first);
    assertEquals("second", new String(response.body().readAllBytes(), UTF_8));
  }

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new java.util.SplittableRandom(1).nextBytes(bytes);
    return bytes;
  }

  private static ChunkRoute chunkRoute(int slots) {
    return new ChunkRoute(
        digest -> digest.equals(DIGEST) ? Optional.of(ByteBuffer.wrap(CONTENT)) : Optional.empty(),
        TOKEN,
        new UploadSlots(slots));
  }

  private static FileRoute fileRoute(PlainChunks plain) {
    ChunkRef chunk = ChunkRef.raw(DIGEST, CONTENT.length);
    List<FileLayout.Piece> pieces =
        List.of(new FileLayout.Piece(chunk, 100, 500), new FileLayout.Piece(chunk, 7, 100));
    return new FileRoute(
        file -> Optional.of(pieces), plain, TOKEN, new UploadSlots(4), Throttle.NONE);
  }

  private static Route text(String text) {
    return exchange -> {
      exchange.respond(200, ByteBuffer.wrap(text.getBytes(UTF_8)));
      return true;
    };
  }

  private static Endpoint endpoint(String host, Route route) throws IOException {
    return new Endpoint(new InetSocketAddress(InetAddress.getByName(host), 0), List.of(route));
  }

  private HttpServer start(Route route) throws IOException {
    HttpServer server = HttpServer.start("test", List.of(endpoint("127.0.0.1", route)));
    started = Optional.of(server);
    return server;
  }

  private URI uri(String path) throws IOException {
    HttpServer server = started.isPresent() ? started.get() : start(chunks);
    return URI.create("http://127.0.0.1:" + server.addresses().getFirst().getPort() + path);
  }

  private HttpRequest.Builder request(String path) throws IOException {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", TOKEN.authorization());
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private String get(InetSocketAddress address) throws Exception {
    String host = address.getAddress().getHostAddress();
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    URI uri = URI.create("http://" + bracketed + ":" + address.getPort() + "/");
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private String raw(String request) throws IOException {
    InetSocketAddress address = started.orElseThrow().addresses().getFirst();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      byte[] answer = socket.getInputStream().readNBytes(200);
      return new String(answer, ISO_8859_1);
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
