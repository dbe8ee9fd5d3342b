package io.codeploy.agent.daemon;

import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.ChunkRoute;
import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.manifest.DeltaCodec;
import io.codeploy.chunkcache.manifest.DeltaRef;
import io.codeploy.chunkcache.manifest.DeploymentKey;
import io.codeploy.chunkcache.manifest.EncodedManifest;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestChunks;
import io.codeploy.chunkcache.manifest.WholeManifest;
import io.codeploy.chunkcache.member.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Agents in this process and an origin that serves whatever is deployed. */
final class Fixture implements AutoCloseable {
  private final Path directory;
  private final Map<Digest, ByteBuffer> chunks = new ConcurrentHashMap<>();
  private final BearerToken token = BearerToken.random(new SecureRandom());
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
  private final HttpServer origin;
  private final List<Agent> agents = new ArrayList<>();
  private final List<AgentState> members = new ArrayList<>();
  private long quotaBytes = 1 << 30;

  /** Told of each request to the origin. */
  private volatile Consumer<String> asked = path -> {};

  Fixture(Path directory) throws IOException {
    this.directory = directory.toRealPath();
    ChunkRoute route =
        new ChunkRoute(
            digest -> Optional.ofNullable(chunks.get(digest)).map(ByteBuffer::duplicate),
            token,
            new UploadSlots(16));
    Route gated =
        exchange -> {
          gate.acquireUninterruptibly();
          gate.release();
          asked.accept(exchange.path());
          return route.handle(exchange);
        };
    this.origin =
        HttpServer.start(
            "origin",
            List.of(
                new Endpoint(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(gated))));
  }

  Agent start(int number) throws IOException {
    Agent agent =
        Agent.start(
            new AgentSettings(
                agentDir(number),
                "1.0",
                "127.0.0.1",
                Duration.ofHours(1),
                new StoreQuota.Bytes(quotaBytes),
                home(number)),
            System::nanoTime);
    agents.add(agent);
    members.add(agent.state());
    return agent;
  }

  /** The only member from now on is an agent of somebody else's. */
  void use(AgentState agent) {
    members.clear();
    members.add(agent);
  }

  /** The quota of agents that are started from now on. */
  void limitStores(long bytes) {
    quotaBytes = bytes;
  }

  /** Asks a member for a chunk, as another one would. */
  void fetch(int rank, Digest chunk) throws IOException {
    String url = "http://127.0.0.1:" + members.get(rank).peerPort() + "/c/" + chunk;
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + token.hex());
    try (InputStream body = connection.getInputStream()) {
      body.readAllBytes();
    }
  }

  void onRequest(Consumer<String> listener) {
    asked = listener;
  }

  Path agentDir(int number) {
    return directory.resolve("home" + number).resolve(".codeploy");
  }

  Path home(int number) {
    return directory.resolve("home" + number);
  }

  String originUrl() {
    return "http://127.0.0.1:" + origin.addresses().get(0).getPort();
  }

  /** The origin answers nothing until {@link #letGo}. */
  void hold() {
    gate.drainPermits();
  }

  void letGo() {
    gate.release(1000);
  }

  /** Offers a tree and makes the request for one of the agents started so far. */
  DeployRequest request(Tree tree, Manifest manifest, int self, String remoteDir, boolean delete) {
    IntStream.range(0, manifest.chunks().size())
        .forEach(
            i ->
                chunks.put(manifest.chunks().get(i).transported(), ByteBuffer.wrap(tree.chunk(i))));
    EncodedManifest encoded = ManifestChunks.encode(manifest);
    encoded.chunks().forEach(chunk -> chunks.put(chunk.ref().transported(), chunk.transported()));
    DeploymentKey key = DeploymentKey.generate();
    byte[] id = new byte[16];
    new SecureRandom().nextBytes(id);
    return new DeployRequest(
        HexFormat.of().formatHex(id),
        token.hex(),
        self,
        peers(),
        remoteDir,
        Base64.getEncoder().encodeToString(key.sign(encoded.root())),
        Base64.getEncoder().encodeToString(key.publicKey()),
        List.of(),
        new OriginSpec.ChunkServer(originUrl()),
        new DeployOptions(delete, false),
        new Extent.Whole(Optional.empty(), 0755));
  }

  /** The same with a delta from {@code base}. */
  DeployRequest request(Manifest base, Tree tree, String remoteDir) throws IOException {
    WholeManifest whole = WholeManifest.of(base);
    EncodedChunk delta =
        DeltaCodec.encode(
                whole,
                WholeManifest.of(tree.manifest()),
                file -> Objects.requireNonNull(tree.contents().get(file.path())))
            .orElseThrow();
    return request(whole.digest(), delta, tree, remoteDir);
  }

  /** The same with what is said to be a delta from {@code base}. */
  DeployRequest request(Digest base, EncodedChunk delta, Tree tree, String remoteDir) {
    chunks.put(delta.ref().transported(), delta.transported());
    byte[] name = new DeltaRef(base, delta.ref()).encode();
    DeployRequest plain = request(tree, remoteDir);
    return new DeployRequest(
        plain.deployment(),
        plain.token(),
        plain.self(),
        plain.peers(),
        plain.remoteDir(),
        plain.signedRoot(),
        plain.publicKey(),
        plain.manifest(),
        plain.origin(),
        plain.options(),
        new Extent.Whole(Optional.of(Base64.getEncoder().encodeToString(name)), 0755));
  }

  DeployRequest request(Tree tree, String remoteDir) {
    return request(tree, tree.manifest(), 0, remoteDir, false);
  }

  private List<Peer> peers() {
    return IntStream.range(0, members.size())
        .mapToObj(
            rank ->
                new Peer(
                    rank,
                    "node" + rank,
                    "127.0.0.1",
                    members.get(rank).peerPort(),
                    Optional.empty(),
                    rank == 0))
        .toList();
  }

  @Override
  public void close() throws Exception {
    letGo();
    for (Agent agent : agents) {
      agent.close();
    }
    origin.close();
  }
}
