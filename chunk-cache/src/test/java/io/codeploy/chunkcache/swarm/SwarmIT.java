package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.FileLayout;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SwarmIT {
  @TempDir Path dir;

  @Test
  void completesAllMembersFromOneCopyOfTheOrigin() throws Exception {
    try (Fleet fleet = new Fleet(dir, 80, UnaryOperator.identity())) {
      addPlain(fleet, 6);
      fleet.start(6);

      List<SwarmResult> results = fetchAll(fleet, fleet.members);

      results.forEach(result -> assertInstanceOf(SwarmResult.Complete.class, result));
      fleet.members.forEach(member -> assertTrue(member.hasEverything()));
      fleet.members.forEach(member -> assertEquals(List.of(), member.twice));
      assertEquals(fleet.contentBytes(), fleet.sentByOrigin());
      assertEquals(fleet.contentBytes(), sum(fleet, SwarmTraffic::fromOrigin));
      assertEquals(5 * fleet.contentBytes(), sum(fleet, SwarmTraffic::fromPeers));
      assertEquals(5 * fleet.contentBytes(), sum(fleet, SwarmTraffic::served));
    }
  }

  @Test
  void fetchesNothingThatTheStoreHas() throws Exception {
    try (Fleet fleet = new Fleet(dir, 20, UnaryOperator.identity())) {
      addPlain(fleet, 2);
      fleet.start(2);
      fetchAll(fleet, fleet.members);
      long before = fleet.sentByOrigin();
      Fleet.Member first = fleet.members.getFirst();
      first.got.clear();

      SwarmResult again = first.fetchAll();

      assertInstanceOf(SwarmResult.Complete.class, again);
      assertTrue(first.hasEverything());
      assertEquals(before, fleet.originRoute.bytesSent());
      assertEquals(fleet.contentBytes(), first.swarm().traffic().fromStore());
    }
  }

  @Test
  void getsThroughItsOwnersWhatNobodyElseWants() throws Exception {
    try (Fleet fleet = new Fleet(dir, 30, UnaryOperator.identity())) {
      addPlain(fleet, 5);
      fleet.start(4);
      for (Fleet.Member member : fleet.members.subList(0, 4)) {
        member.fetch(new BitSet());
      }
      Fleet.Member last = fleet.members.get(4);

      SwarmResult result = last.fetchAll();

      assertInstanceOf(SwarmResult.Complete.class, result);
      assertTrue(last.hasEverything());
      assertEquals(fleet.contentBytes(), fleet.sentByOrigin());
      assertEquals(0, last.swarm().traffic().fromOrigin());
    }
  }

  @Test
  void excludesAndNamesAMemberThatLies() throws Exception {
    try (Fleet fleet = new Fleet(dir, 40, UnaryOperator.identity())) {
      addPlain(fleet, 4);
      Fleet.Member liar = fleet.add(route -> exchange -> route.handle(new Lying(exchange)));
      fleet.start(5);
      List<Fleet.Member> honest = fleet.members.subList(0, 4);
      liar.fetchAll();

      List<SwarmResult> results = fetchAll(fleet, honest);

      results.forEach(result -> assertInstanceOf(SwarmResult.Complete.class, result));
      honest.forEach(member -> assertTrue(member.hasEverything()));
      for (Fleet.Member member : honest) {
        assertEquals(1, accused(member).size(), accused(member).toString());
        assertTrue(accused(member).getFirst().startsWith("n4 (127.0.0.5:"));
      }
    }
  }

  @Test
  void goesOnWhenAMemberDies() throws Exception {
    try (Fleet fleet = new Fleet(dir, 120, UnaryOperator.identity())) {
      addPlain(fleet, 5);
      fleet.start(5);
      Fleet.Member mortal = fleet.members.get(4);
      CountDownLatch halfWay = new CountDownLatch(40);
      Future<SwarmResult> dying =
          threads(
              () ->
                  mortal
                      .swarm()
                      .fetch(
                          "content", fleet.chunks, all(fleet), (i, plain) -> halfWay.countDown()));
      List<Future<SwarmResult>> others =
          fleet.members.subList(0, 4).stream().map(fleet::fetching).toList();

      halfWay.await();
      mortal.close();

      for (Future<SwarmResult> other : others) {
        assertInstanceOf(SwarmResult.Complete.class, other.get());
      }
      fleet.members.subList(0, 4).forEach(member -> assertTrue(member.hasEverything()));
      assertTrue(fleet.originRoute.bytesSent() <= 1.5 * fleet.contentBytes());
      dying.get();
    }
  }

  @Test
  void saysWhyWhenTheOriginDies() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (Fleet fleet =
        new Fleet(dir, 60, route -> exchange -> handleFirst(20, requests, route, exchange))) {
      // Longer than an owner lets an asker wait: being told to come back is no progress.
      fleet.giveUpAfter(Duration.ofSeconds(12));
      addPlain(fleet, 3);
      fleet.start(3);

      List<SwarmResult> results = fetchAll(fleet, fleet.members);

      for (SwarmResult result : results) {
        SwarmResult.Incomplete incomplete = assertInstanceOf(SwarmResult.Incomplete.class, result);
        assertTrue(incomplete.cause().contains(fleet.originUrl()), incomplete.cause());
        assertTrue(incomplete.cause().contains("nothing came for 12 s"), incomplete.cause());
        assertEquals(1, incomplete.cause().lines().count());
        assertEquals(40, incomplete.missing().size());
      }
      fleet.members.forEach(member -> assertEquals(20, member.got.size()));
    }
  }

  @Test
  void endsWithAllButTheChunkThatTheOriginRefuses() throws Exception {
    AtomicReference<String> refused = new AtomicReference<>("");
    try (Fleet fleet = new Fleet(dir, 20, route -> refusing(refused, 403, route))) {
      refused.set("/c/" + fleet.chunks.get(7).transported());
      fleet.giveUpAfter(Duration.ofSeconds(12));
      addPlain(fleet, 3);
      fleet.start(2);

      List<SwarmResult> results = fetchAll(fleet, fleet.members);

      for (SwarmResult result : results) {
        assertEquals(List.of(7), assertInstanceOf(SwarmResult.Incomplete.class, result).missing());
      }
      String cause = assertInstanceOf(SwarmResult.Incomplete.class, results.getFirst()).cause();
      assertTrue(cause.startsWith("origin " + fleet.originUrl() + ": status 403"), cause);
    }
  }

  @Test
  void endsWithAllButTheChunkThatTheOriginFailsAtForEver() throws Exception {
    endsWithoutTheSeventh(500, "status 500 for chunk ");
  }

  @Test
  void endsWithAllButTheChunkThatTheOriginPutsOffForEver() throws Exception {
    endsWithoutTheSeventh(503, "status 503 for chunk ");
  }

  private void endsWithoutTheSeventh(int status, String words) throws Exception {
    AtomicReference<String> bad = new AtomicReference<>("");
    try (Fleet fleet = new Fleet(dir, 20, route -> refusing(bad, status, route))) {
      ChunkRef seventh = fleet.chunks.get(7);
      bad.set("/c/" + seventh.transported());
      fleet.giveUpAfter(Duration.ofSeconds(12));
      addPlain(fleet, 3);
      fleet.start(2);

      List<SwarmResult> results = fetchAll(fleet, fleet.members);

      for (SwarmResult result : results) {
        SwarmResult.Incomplete incomplete = assertInstanceOf(SwarmResult.Incomplete.class, result);
        assertEquals(List.of(7), incomplete.missing());
        String name = "missing: chunk " + seventh.transported().shortForm();
        assertTrue(incomplete.cause().contains(name), incomplete.cause());
      }
      String causes = results.toString();
      assertTrue(causes.contains("origin " + fleet.originUrl() + ": " + words), causes);
    }
  }

  @Test
  void completesThoseThatMissOnlyWhatIsThereWhenTheOriginIsDead() throws Exception {
    try (Fleet fleet = new Fleet(dir, 20, UnaryOperator.identity())) {
      addPlain(fleet, 3);
      fleet.start(3);
      fleet.members.getFirst().fetchAll();
      fleet.originServer.close();

      List<SwarmResult> results = fetchAll(fleet, fleet.members.subList(1, 3));

      results.forEach(result -> assertInstanceOf(SwarmResult.Complete.class, result));
    }
  }

  @Test
  void transfersOnceWhatTwoFetchesWant() throws Exception {
    try (Fleet fleet = new Fleet(dir, 40, UnaryOperator.identity())) {
      addPlain(fleet, 1);
      fleet.start(1);
      Fleet.Member only = fleet.members.getFirst();
      CountDownLatch second = new CountDownLatch(40);

      Future<SwarmResult> beside =
          threads(
              () ->
                  only.swarm()
                      .fetch(
                          "content", fleet.chunks, all(fleet), (i, plain) -> second.countDown()));
      SwarmResult result = only.fetchAll();

      assertInstanceOf(SwarmResult.Complete.class, result);
      assertInstanceOf(SwarmResult.Complete.class, beside.get());
      assertEquals(0, second.getCount());
      assertEquals(fleet.contentBytes(), fleet.sentByOrigin());
    }
  }

  @Test
  void servesPartsThatItKnowsToThoseWhoShowTheToken() throws Exception {
    try (Fleet fleet = new Fleet(dir, 3, UnaryOperator.identity())) {
      addPlain(fleet, 1);
      fleet.start(1);
      Fleet.Member only = fleet.members.getFirst();
      Digest first = fleet.chunks.getFirst().transported();
      Digest foreign = Digest.of(new byte[9]);
      only.store.put(foreign, ByteBuffer.wrap(new byte[9]));
      String chunk = "/c/" + first;

      int before = status(only, chunk, Fleet.TOKEN);
      only.fetchAll();

      assertEquals(404, before);
      assertEquals(200, status(only, chunk, Fleet.TOKEN));
      assertEquals(401, status(only, chunk, new BearerToken("5b".repeat(32))));
      assertEquals(404, status(only, "/c/" + foreign, Fleet.TOKEN));
      assertEquals(404, status(only, "/c/nothing", Fleet.TOKEN));
      assertEquals(200, status(only, "/h/0123456789abcdef/content?since=1", Fleet.TOKEN));
      assertEquals(200, status(only, "/h/0123456789abcdef/content", Fleet.TOKEN));
      assertEquals(400, status(only, "/h/0123456789abcdef/content?since=x", Fleet.TOKEN));
      assertEquals(400, status(only, "/h/0123456789abcdef/content?wait=-1", Fleet.TOKEN));
      assertEquals(200, status(only, "/h/0123456789abcdef/content?wait=1", Fleet.TOKEN));
      assertEquals(404, status(only, "/h/0123456789abcdef/manifest?since=0", Fleet.TOKEN));
      assertEquals(404, status(only, "/h/another/content?since=0", Fleet.TOKEN));
      assertEquals(404, status(only, "/f/" + first, Fleet.TOKEN));
      only.route.unregister(only.swarm());
      assertEquals(401, status(only, chunk, Fleet.TOKEN));
    }
  }

  @Test
  void putsAFileTogetherFromChunksThatItFetchesForIt() throws Exception {
    try (Fleet fleet = new Fleet(dir, 4, UnaryOperator.identity())) {
      addPlain(fleet, 2);
      fleet.start(2);
      Digest name = Digest.of(new byte[] {1});
      List<FileLayout.Piece> pieces =
          fleet.chunks.stream().map(c -> new FileLayout.Piece(c, 5, 1000)).toList();
      for (Fleet.Member member : fleet.members) {
        member.swarm().join("content", fleet.chunks);
        member
            .swarm()
            .offerFiles(file -> file.equals(name) ? Optional.of(pieces) : Optional.empty());
      }

      byte[] file = get(fleet.members.getLast(), "/f/" + name, Fleet.TOKEN).body();
      Fleet.Member other = fleet.members.getFirst();
      other.fetchAll();

      assertEquals(4000, file.length);
      for (int i = 0; i < 4; i++) {
        byte[] expected = Arrays.copyOfRange(Objects.requireNonNull(other.got.get(i)), 5, 1005);
        assertArrayEquals(expected, Arrays.copyOfRange(file, 1000 * i, 1000 * (i + 1)));
      }
      assertEquals(fleet.contentBytes(), fleet.sentByOrigin());
    }
  }

  @Test
  void stopsWhenInterruptedAndCallsTheSinkNoMore() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Fleet fleet = new Fleet(dir, 10, route -> exchange -> waitFor(never))) {
      addPlain(fleet, 1);
      fleet.start(1);
      Thread caller = Thread.currentThread();
      Thread.ofVirtual().name("interrupter").start(caller::interrupt);

      assertThrows(InterruptedException.class, () -> fleet.members.getFirst().fetchAll());
      never.countDown();
    }
  }

  private static boolean waitFor(CountDownLatch latch) throws IOException {
    try {
      latch.await();
      return false;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static int status(Fleet.Member member, String path, BearerToken token) throws Exception {
    return get(member, path, token).statusCode();
  }

  private static HttpResponse<byte[]> get(Fleet.Member member, String path, BearerToken token)
      throws Exception {
    InetSocketAddress address = member.server.address();
    URI uri =
        URI.create(
            "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", token.authorization()).build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  @Test
  void endsWithTheSinksOwnWords() throws Exception {
    try (Fleet fleet = new Fleet(dir, 5, UnaryOperator.identity())) {
      addPlain(fleet, 1);
      fleet.start(1);

      SwarmResult result =
          fleet
              .members
              .getFirst()
              .swarm()
              .fetch(
                  "content",
                  fleet.chunks,
                  all(fleet),
                  (index, plain) -> {
                    throw new IOException("no space left for test/file");
                  });

      SwarmResult.Incomplete incomplete = assertInstanceOf(SwarmResult.Incomplete.class, result);
      assertEquals("no space left for test/file", incomplete.cause());
    }
  }

  private static Route refusing(AtomicReference<String> path, int status, Route route) {
    return exchange -> {
      if (exchange.path().equals(path.get())) {
        exchange.respond(status);
        return true;
      }
      return route.handle(exchange);
    };
  }

  private static boolean handleFirst(int count, AtomicInteger requests, Route route, Exchange to)
      throws IOException {
    if (requests.incrementAndGet() > count) {
      throw new IOException("the origin is gone");
    }
    return route.handle(to);
  }

  private static List<String> accused(Fleet.Member member) {
    return member.swarm().accusations();
  }

  private static BitSet all(Fleet fleet) {
    BitSet all = new BitSet();
    all.set(0, fleet.chunks.size());
    return all;
  }

  private static void addPlain(Fleet fleet, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      fleet.add(UnaryOperator.identity());
    }
  }

  private static List<SwarmResult> fetchAll(Fleet fleet, List<Fleet.Member> members)
      throws Exception {
    List<Future<SwarmResult>> running = members.stream().map(fleet::fetching).toList();
    List<SwarmResult> results = new ArrayList<>();
    for (Future<SwarmResult> one : running) {
      results.add(one.get());
    }
    return results;
  }

  private static Future<SwarmResult> threads(Callable<SwarmResult> task) {
    FutureTask<SwarmResult> future = new FutureTask<>(task);
    Thread.ofVirtual().name("mortal").start(future);
    return future;
  }

  private static long sum(Fleet fleet, ToLongFunction<SwarmTraffic> figure) {
    return fleet.members.stream().mapToLong(m -> figure.applyAsLong(m.swarm().traffic())).sum();
  }

  /** Spoils one byte of every body that is long enough to be a chunk. */
  private static final class Lying extends PassedOn {
    Lying(Exchange honest) {
      super(honest);
    }

    @Override
    public void respond(int status, ByteBuffer body) throws IOException {
      byte[] bytes = new byte[body.remaining()];
      body.get(bytes);
      if (bytes.length > 5_000) {
        bytes[bytes.length / 2] ^= 1;
      }
      super.respond(status, ByteBuffer.wrap(bytes));
    }
  }
}
