package io.codeploy.chunkcache.origin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.chunk.Encoding;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.manifest.Slice;
import io.codeploy.chunkcache.wire.PlainClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OriginsIT {
  private static final BearerToken TOKEN = new BearerToken("ab".repeat(32));
  private static final byte[] CONTENT = random(300_000, 1);
  private static final ChunkRef CHUNK = ChunkRef.raw(Digest.of(CONTENT), CONTENT.length);

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private Optional<HttpServer> started = Optional.empty();

  private final PlainClient client =
      new PlainClient(System::nanoTime, LockSupport::parkNanos, PlainClient.DEFAULT_STALL);

  @AfterEach
  void disconnect() {
    client.close();
  }

  @AfterEach
  void stop() {
    started.ifPresent(HttpServer::close);
  }

  @Test
  void goesOnWhereATransferBroke() throws Exception {
    String url = start(exchange -> brokenAfter(100_000, exchange));
    ChunkServerOrigin origin = chunkServer(url);

    AtomicLong arrived = new AtomicLong();

    byte[] got = origin.fetch(CHUNK, arrived::addAndGet);

    assertArrayEquals(CONTENT, got);
    assertEquals(CONTENT.length, arrived.get());
    assertEquals(List.of("", "bytes=100000-", "bytes=200000-"), requests);
  }

  @Test
  void passesOnThatTheOriginIsBusy() throws Exception {
    String url = start(exchange -> busy(exchange));

    OriginBusyException busy =
        assertThrows(OriginBusyException.class, () -> chunkServer(url).fetch(CHUNK));

    assertEquals(Duration.ofSeconds(7), busy.retryAfter());
  }

  @Test
  void namesUrlAndStatus() throws Exception {
    String url = start(exchange -> false);

    IOException missing =
        assertThrows(OriginRefusedException.class, () -> chunkServer(url).fetch(CHUNK));

    assertEquals(
        "origin %s: status 404 for chunk %s; run codeploy again"
            .formatted(url, CHUNK.transported().shortForm()),
        missing.getMessage());
  }

  @Test
  void namesTheFileOfAPackThatTheWebServerFailsAt() throws Exception {
    Manifest manifest = tree();
    WebTreeOrigin origin = web(start(exchange -> status(500, exchange)), List.of());
    origin.know(manifest);

    IOException failed =
        assertThrows(OriginFailedException.class, () -> origin.fetch(manifest.chunks().getFirst()));

    assertTrue(failed.toString().contains("/t/"), failed.toString());
    assertTrue(failed.toString().contains(": status 500; see to"), failed.toString());
  }

  @Test
  void takesTooManyRequestsForBeingBusy() throws Exception {
    String url = start(exchange -> status(429, exchange));

    IOException busy = assertThrows(OriginBusyException.class, () -> chunkServer(url).fetch(CHUNK));

    assertTrue(busy.toString().contains("origin " + url + ": status 429"), busy.toString());
  }

  private ChunkServerOrigin chunkServer(String url) {
    return new ChunkServerOrigin(url, TOKEN, client);
  }

  private static boolean status(int status, Exchange exchange) throws IOException {
    exchange.respond(status);
    return true;
  }

  @Test
  void namesAnOriginThatIsGone() throws Exception {
    String url = start(exchange -> false);
    stop();

    IOException gone = assertThrows(IOException.class, () -> chunkServer(url).fetch(CHUNK));

    assertTrue(gone.toString().contains("origin " + url + ": "), gone.toString());
    assertTrue(gone.toString().toLowerCase(java.util.Locale.ROOT).contains("connect"));
  }

  @Test
  void assemblesChunksFromFileRanges() throws Exception {
    Manifest manifest = tree();
    WebTreeOrigin origin = web(start(this::serveRanges), List.of());
    origin.know(manifest);

    for (ChunkRef chunk : manifest.chunks()) {
      assertEquals(chunk.transported(), Digest.of(origin.fetch(chunk)));
    }
    assertTrue(requests.contains("/t/d%20%C3%A9/a%23b%3F bytes=0-299"), requests.toString());
  }

  @Test
  void putsUpWithAServerWithoutRanges() throws Exception {
    Manifest manifest = tree();
    WebTreeOrigin origin = web(start(this::serveWhole), List.of());
    origin.know(manifest);

    for (ChunkRef chunk : manifest.chunks()) {
      assertEquals(chunk.transported(), Digest.of(origin.fetch(chunk)));
    }
  }

  @Test
  void takesCopiesOfOfferedKinds() throws Exception {
    Manifest manifest = tree();
    RegularFile big = manifest.files().getFirst();
    files.put("/t/.offer/f-" + big.digest(), files.remove("/t/big.php"));
    WebTreeOrigin origin = web(start(this::serveRanges), List.of("ext:php"));
    origin.know(manifest);

    byte[] got = origin.fetch(manifest.chunks().get(1));

    assertEquals(manifest.chunks().get(1).transported(), Digest.of(got));
  }

  @Test
  void takesTheManifestsOwnChunksFromTheOfferedDirectory() throws Exception {
    files.put("/t/.offer/m-" + CHUNK.transported(), CONTENT);
    WebTreeOrigin origin = web(start(this::serveRanges), List.of());

    assertArrayEquals(CONTENT, origin.fetch(CHUNK));
  }

  @Test
  void cutsChunksOutOfAnArchive() throws Exception {
    ChunkRef first = ChunkRef.raw(Digest.of(Arrays.copyOf(CONTENT, 1000)), 1000);
    byte[] rest = Arrays.copyOfRange(CONTENT, 1000, CONTENT.length);
    ChunkRef second = ChunkRef.raw(Digest.of(rest), rest.length);
    files.put("/t/.offer/archive", CONTENT);
    WebTreeOrigin origin = web(start(this::serveRanges), List.of());
    origin.know(new Manifest(List.of(first, second), List.of(), List.of(0, 1)));

    assertArrayEquals(rest, origin.fetch(second));
  }

  @Test
  void saysWhichFileTheServerDoesNotHave() throws Exception {
    Manifest manifest = tree();
    files.remove("/t/big.php");
    String url = start(this::serveRanges);
    WebTreeOrigin origin = web(url, List.of());
    origin.know(manifest);

    IOException missing =
        assertThrows(IOException.class, () -> origin.fetch(manifest.chunks().get(1)));

    assertEquals(
        "origin %s/t/big.php: status 404; let the web server read the file, or leave it or the URL out"
            .formatted(url),
        missing.getMessage());
  }

  /** A file of two chunks, one of them compressed, and two files in a pack. */
  private Manifest tree() {
    byte[] big = new byte[50_000];
    System.arraycopy(random(20_000, 2), 0, big, 0, 20_000);
    byte[] one = random(300, 3);
    byte[] two = random(200, 4);
    byte[] pack = new byte[500];
    System.arraycopy(one, 0, pack, 0, 300);
    System.arraycopy(two, 0, pack, 300, 200);
    EncodedChunk head = ChunkCodec.encode(ByteBuffer.wrap(big, 0, 20_000));
    EncodedChunk tail = ChunkCodec.encode(ByteBuffer.wrap(big, 20_000, 30_000).slice());
    EncodedChunk packed = ChunkCodec.encode(ByteBuffer.wrap(pack));
    assertEquals(Encoding.ZSTD, tail.ref().encoding());
    files.put("/t/big.php", big);
    files.put("/t/d%20%C3%A9/a%23b%3F", one);
    files.put("/t/d%20%C3%A9/two", two);
    List<Entry> entries = new ArrayList<>();
    entries.add(file("big.php", big, new Slice(0, 0, 20_000), new Slice(1, 0, 30_000)));
    entries.add(new Directory(new RelativePath("d é"), 0755, Instant.EPOCH));
    entries.add(file("d é/a#b?", one, new Slice(2, 0, 300)));
    entries.add(file("d é/two", two, new Slice(2, 300, 200)));
    return new Manifest(List.of(head.ref(), tail.ref(), packed.ref()), entries, List.of());
  }

  private static RegularFile file(String path, byte[] content, Slice... slices) {
    return new RegularFile(
        new RelativePath(path),
        0644,
        Instant.EPOCH,
        content.length,
        Digest.of(content),
        List.of(slices));
  }

  private static WebTreeOrigin web(String url, List<String> kinds) {
    return new WebTreeOrigin(url + "/t", ".offer", kinds);
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private String start(Route route) throws IOException {
    HttpServer server =
        HttpServer.start(
            "origin",
            List.of(
                new Endpoint(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(route))));
    started = Optional.of(server);
    return "http://127.0.0.1:" + server.addresses().getFirst().getPort();
  }

  private boolean brokenAfter(int bytes, Exchange exchange) throws IOException {
    String range = exchange.header("Range").orElse("");
    requests.add(range);
    int from = range.isEmpty() ? 0 : Integer.parseInt(range.substring(6, range.length() - 1));
    exchange.setHeader("Content-Length", String.valueOf(CONTENT.length - from));
    OutputStream out = exchange.stream(from == 0 ? 200 : 206);
    out.write(CONTENT, from, Math.min(bytes, CONTENT.length - from));
    out.flush();
    if (from + bytes < CONTENT.length) {
      throw new IOException("broken on purpose");
    }
    out.close();
    return true;
  }

  private static boolean busy(Exchange exchange) throws IOException {
    exchange.setHeader("Retry-After", "7");
    exchange.respond(503);
    return true;
  }

  private boolean serveWhole(Exchange exchange) throws IOException {
    Optional<byte[]> file = file(exchange);
    if (file.isPresent()) {
      exchange.respond(200, ByteBuffer.wrap(file.get()));
    }
    return file.isPresent();
  }

  private boolean serveRanges(Exchange exchange) throws IOException {
    String range = exchange.header("Range").orElse("");
    Optional<byte[]> file = file(exchange);
    if (file.isPresent()) {
      String[] ends = range.substring("bytes=".length()).split("-", -1);
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[1]);
      exchange.setHeader("Content-Range", "bytes " + first + "-" + last + "/" + file.get().length);
      exchange.respond(206, ByteBuffer.wrap(file.get(), first, last - first + 1));
    }
    return file.isPresent();
  }

  /** By the path as it is encoded, since that is what a static server must understand. */
  private Optional<byte[]> file(Exchange exchange) {
    String encoded = exchange.path().replace("#", "%23").replace("?", "%3F").replace(" ", "%20");
    encoded = encoded.replace("é", "%C3%A9");
    requests.add(encoded + " " + exchange.header("Range").orElse(""));
    return Optional.ofNullable(files.get(encoded));
  }
}
