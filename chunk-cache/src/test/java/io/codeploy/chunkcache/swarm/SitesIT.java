package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.origin.ChunkServerOrigin;
import io.codeploy.chunkcache.origin.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two sites of members with real sockets, of which one reaches the origin. Each member has one door
 * for its own site and one for the other, where bytes are counted.
 */
@Timeout(120)
class SitesIT {
  private static final int OF_A_SITE = 5;
  private static final int CHUNKS = 60;

  @TempDir Path dir;

  private final LongAdder crossed = new LongAdder();

  /** What a member of the same site, and one of the other, is asked to have on its way at most. */
  private final Set<Optional<String>> near = ConcurrentHashMap.newKeySet();

  private final Set<Optional<String>> far = ConcurrentHashMap.newKeySet();
  private final List<HttpServer> outside = new ArrayList<>();

  @Test
  void letsAboutOneCopyIntoASite() throws Exception {
    try (Fleet fleet = new Fleet(dir, CHUNKS, UnaryOperator.identity())) {
      for (int rank = 0; rank < 2 * OF_A_SITE; rank++) {
        outside.add(outsideOf(fleet.add(route -> exchange -> noted(near, exchange, route))));
      }
      IntStream.range(0, 2 * OF_A_SITE).forEach(rank -> start(fleet, rank));

      List<Future<SwarmResult>> fetches = fleet.members.stream().map(fleet::fetching).toList();
      for (Future<SwarmResult> fetch : fetches) {
        assertInstanceOf(SwarmResult.Complete.class, fetch.get());
      }

      fleet.members.forEach(member -> assertTrue(member.hasEverything()));
      assertEquals(fleet.contentBytes(), fleet.sentByOrigin());
      double copies = (double) crossed.sum() / fleet.contentBytes();
      assertTrue(copies >= 1 && copies <= 1.5, "copies: " + copies);
      assertEquals(Set.of(Optional.of("16384")), near);
      assertEquals(Set.of(Optional.empty()), far);
    } finally {
      outside.forEach(HttpServer::close);
    }
  }

  private HttpServer outsideOf(Fleet.Member member) throws IOException {
    Endpoint endpoint =
        new Endpoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            List.of(exchange -> noted(far, new Counted(exchange, crossed), member.route)));
    return HttpServer.start("outside", List.of(endpoint));
  }

  private static boolean noted(Set<Optional<String>> windows, Exchange exchange, Route route)
      throws IOException {
    if (exchange.path().startsWith("/c/")) {
      windows.add(exchange.header("Codeploy-Window"));
    }
    return route.handle(exchange);
  }

  private static boolean first(int rank) {
    return rank < OF_A_SITE;
  }

  private void start(Fleet fleet, int self) {
    List<Peer> peers =
        IntStream.range(0, fleet.members.size())
            .mapToObj(rank -> peer(rank, door(fleet, rank, first(rank) == first(self))))
            .toList();
    Optional<Origin> origin =
        first(self)
            ? Optional.of(new ChunkServerOrigin(fleet.originUrl(), Fleet.TOKEN, fleet.toOrigin))
            : Optional.empty();
    Fleet.Member member = fleet.members.get(self);
    Swarm swarm =
        new Swarm(
            new SwarmSettings(
                "0123456789abcdef",
                Fleet.TOKEN,
                self,
                peers,
                new UploadSlots(8),
                Duration.ofSeconds(60)),
            origin,
            member.store,
            System::nanoTime,
            new SplittableRandom(self));
    member.swarm = Optional.of(swarm);
    member.route.register(swarm);
  }

  private InetSocketAddress door(Fleet fleet, int rank, boolean near) {
    return near
        ? fleet.members.get(rank).server.address()
        : outside.get(rank).addresses().getFirst();
  }

  private static Peer peer(int rank, InetSocketAddress door) {
    return new Peer(
        rank,
        "n" + rank,
        door.getAddress().getHostAddress(),
        door.getPort(),
        Optional.of(first(rank) ? "a" : "b"),
        first(rank));
  }

  /** Counts the bytes of chunks. */
  private static final class Counted extends PassedOn {
    private final LongAdder sent;

    Counted(Exchange exchange, LongAdder sent) {
      super(exchange);
      this.sent = sent;
    }

    @Override
    public void respond(int status, ByteBuffer content) throws IOException {
      sent.add(path().startsWith("/c/") ? content.remaining() : 0);
      super.respond(status, content);
    }
  }
}
