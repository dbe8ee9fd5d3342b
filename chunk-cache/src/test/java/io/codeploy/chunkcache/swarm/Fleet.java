package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.ChunkRoute;
import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.origin.ChunkServerOrigin;
import io.codeploy.chunkcache.origin.Origin;
import io.codeploy.chunkcache.store.ChunkStore;
import io.codeploy.chunkcache.wire.PeerServer;
import io.codeploy.chunkcache.wire.PlainClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** Members with real servers on 127.0.0.x, and an origin with real chunks. */
final class Fleet implements AutoCloseable {
  static final BearerToken TOKEN = new BearerToken("5a".repeat(32));

  /** Shared by all that ask the origin. */
  final PlainClient toOrigin =
      new PlainClient(System::nanoTime, LockSupport::parkNanos, PlainClient.DEFAULT_STALL);

  /** One node. */
  final class Member implements AutoCloseable {
    final PeerServer server;
    final ChunkStore store;
    final SwarmRoute route = new SwarmRoute();
    final Map<Integer, byte[]> got = new ConcurrentHashMap<>();
    final List<Integer> twice = new ArrayList<>();

    /** Set once all addresses are known. */
    Optional<Swarm> swarm = Optional.empty();

    private Member(int rank, UnaryOperator<Route> disguise) throws IOException {
      store = ChunkStore.open(dir.resolve("n" + rank), 1L << 30);
      InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (rank + 1)});
      server =
          PeerServer.start(
              "n" + rank,
              new InetSocketAddress(address, 0),
              disguise.apply(route),
              System::nanoTime,
              PeerServer.DEFAULT_STALL);
    }

    Swarm swarm() {
      return swarm.orElseThrow();
    }

    SwarmResult fetchAll() throws InterruptedException {
      BitSet all = new BitSet();
      all.set(0, chunks.size());
      return fetch(all);
    }

    SwarmResult fetch(BitSet wanted) throws InterruptedException {
      return swarm().fetch("content", chunks, wanted, this::take);
    }

    private void take(int index, ByteBuffer plain) {
      byte[] bytes = new byte[plain.remaining()];
      plain.get(bytes);
      if (got.put(index, bytes) != null) {
        synchronized (twice) {
          twice.add(index);
        }
      }
    }

    boolean hasEverything() {
      return chunks.stream()
          .allMatch(
              chunk -> {
                byte[] bytes = got.get(chunks.indexOf(chunk));
                return bytes != null && Digest.of(bytes).equals(chunk.plain());
              });
    }

    @Override
    public void close() {
      swarm.ifPresent(Swarm::close);
      server.close();
    }
  }

  final Path dir;
  final List<ChunkRef> chunks = new ArrayList<>();
  final Map<Digest, ByteBuffer> content = new HashMap<>();
  final List<Member> members = new ArrayList<>();
  final HttpServer originServer;
  final ChunkRoute originRoute;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Duration giveUpAfter = Duration.ofSeconds(60);

  Fleet(Path dir, int chunkCount, UnaryOperator<Route> originDisguise) throws IOException {
    this.dir = dir;
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < chunkCount; i++) {
      byte[] plain = new byte[20_000 + random.nextInt(80_000)];
      random.nextBytes(plain);
      if (i % 2 == 0) {
        java.util.Arrays.fill(plain, 0, plain.length / 2, (byte) i);
      }
      EncodedChunk encoded = ChunkCodec.encode(ByteBuffer.wrap(plain));
      chunks.add(encoded.ref());
      content.put(encoded.ref().transported(), encoded.transported());
    }
    this.originRoute =
        new ChunkRoute(
            digest -> Optional.ofNullable(content.get(digest)).map(ByteBuffer::asReadOnlyBuffer),
            TOKEN,
            new UploadSlots(8));
    this.originServer =
        HttpServer.start(
            "origin",
            List.of(
                new Endpoint(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    List.of(originDisguise.apply(originRoute)))));
  }

  Fleet giveUpAfter(Duration limit) {
    giveUpAfter = limit;
    return this;
  }

  Member add(UnaryOperator<Route> disguise) throws IOException {
    Member member = new Member(members.size(), disguise);
    members.add(member);
    return member;
  }

  /** All members know each other; the first {@code withOrigin} reach the origin. */
  void start(int withOrigin) {
    List<Peer> peers = new ArrayList<>();
    for (Member member : members) {
      InetSocketAddress address = member.server.address();
      int rank = peers.size();
      peers.add(
          new Peer(
              rank,
              "n" + rank,
              address.getAddress().getHostAddress(),
              address.getPort(),
              Optional.empty(),
              rank < withOrigin));
    }
    for (Peer peer : peers) {
      Optional<Origin> origin =
          peer.originAccess()
              ? Optional.of(new ChunkServerOrigin(originUrl(), TOKEN, toOrigin))
              : Optional.empty();
      Swarm swarm =
          new Swarm(
              new SwarmSettings(
                  "0123456789abcdef", TOKEN, peer.rank(), peers, new UploadSlots(12), giveUpAfter),
              origin,
              members.get(peer.rank()).store,
              System::nanoTime,
              new SplittableRandom(peer.rank()));
      members.get(peer.rank()).swarm = Optional.of(swarm);
      members.get(peer.rank()).route.register(swarm);
    }
  }

  String originUrl() {
    return "http://127.0.0.1:" + originServer.addresses().getFirst().getPort();
  }

  Future<SwarmResult> fetching(Member member) {
    return threads.submit(member::fetchAll);
  }

  long contentBytes() {
    return chunks.stream().mapToLong(ChunkRef::transportedLength).sum();
  }

  /** What has left the origin, which counts it when whoever gets it has it already. */
  long sentByOrigin() {
    while (originRoute.bytesSent() < contentBytes()) {
      Thread.onSpinWait();
    }
    return originRoute.bytesSent();
  }

  @Override
  public void close() {
    members.forEach(Member::close);
    toOrigin.close();
    originServer.close();
    threads.shutdownNow();
  }
}
