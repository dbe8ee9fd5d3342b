package io.codeploy.agent.daemon;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.ChunkRoute;
import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.manifest.DeploymentKey;
import io.codeploy.chunkcache.manifest.EncodedManifest;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestChunks;
import io.codeploy.chunkcache.swarm.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Agents in this process and an origin that serves whatever is deployed. */
final class Fixture implements AutoCloseable {
  private final Path directory;
  private final Map<Digest, ByteBuffer> chunks = new ConcurrentHashMap<>();
  private final BearerToken token = BearerToken.random(new SecureRandom());
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
  private final HttpServer origin;
  private final List<Agent> agents = new ArrayList<>();

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
                new StoreQuota.Bytes(1 << 30),
                home(number)),
            System::nanoTime);
    agents.add(agent);
    return agent;
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
        new Extent.Whole());
  }

  DeployRequest request(Tree tree, String remoteDir) {
    return request(tree, tree.manifest(), 0, remoteDir, false);
  }

  private List<Peer> peers() {
    return IntStream.range(0, agents.size())
        .mapToObj(
            rank ->
                new Peer(
                    rank,
                    "node" + rank,
                    "127.0.0.1",
                    agents.get(rank).state().peerPort(),
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
