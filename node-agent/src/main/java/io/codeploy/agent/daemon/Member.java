package io.codeploy.agent.daemon;

import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Throttle;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestRoot;
import io.codeploy.chunkcache.origin.ChunkServerOrigin;
import io.codeploy.chunkcache.origin.Origin;
import io.codeploy.chunkcache.origin.WebTreeOrigin;
import io.codeploy.chunkcache.store.Pin;
import io.codeploy.chunkcache.swarm.Swarm;
import io.codeploy.chunkcache.swarm.SwarmSettings;
import io.codeploy.chunkcache.swarm.SwarmTraffic;
import io.codeploy.chunkcache.wire.PlainClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** This node's part in the swarm of one deployment, made of a request. */
final class Member implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Member.class.getName());

  /** The part that is the manifest's own chunks. */
  static final String MANIFEST = "manifest";

  /** The part that is the tree's content. */
  static final String CONTENT = "content";

  /** The part that is what has changed since the last deployment. */
  static final String DELTA = "delta";

  private final PlainClient toOrigin;
  private final Optional<Origin> origin;
  private final Swarm swarm;
  private final CacheParts cache;

  /** What the store keeps while others go. Used by the deployment's thread. */
  private final List<Pin> pins = new ArrayList<>();

  /**
   * Joins, and answers other members from now on.
   *
   * @throws IllegalArgumentException if the request contradicts itself
   */
  Member(DeployRequest request, CacheParts cache) {
    BearerToken token = new BearerToken(request.token());
    SwarmSettings settings =
        new SwarmSettings(
            request.deployment(),
            token,
            request.self(),
            request.peers(),
            cache.uploads(),
            SwarmSettings.DEFAULT_GIVE_UP,
            Throttle.at(request.options().caps().fromOrigin(), cache.nanoClock()),
            Throttle.at(request.options().caps().toMembers(), cache.nanoClock()));
    this.toOrigin =
        new PlainClient(cache.nanoClock(), LockSupport::parkNanos, PlainClient.DEFAULT_STALL);
    this.origin =
        settings.selfPeer().originAccess()
            ? Optional.of(origin(request.origin(), token))
            : Optional.empty();
    this.cache = cache;
    this.swarm = new Swarm(settings, origin, cache.store(), cache.nanoClock(), cache.random());
    cache.route().register(swarm);
  }

  Swarm swarm() {
    return swarm;
  }

  /** The store keeps {@code chunks} as they come, until {@link #held} is closed. */
  void hold(List<ChunkRef> chunks) {
    pins.add(cache.store().pin(chunks.stream().map(ChunkRef::transported).toList()));
  }

  /**
   * Keeps chunks of the manifest that have come with the request, if the disk takes them: they can
   * be fetched like others.
   *
   * @throws IOException if they are not those of {@code root}
   */
  void keep(ManifestRoot root, List<byte[]> chunks) throws IOException {
    if (chunks.size() > root.chunks().size()) {
      throw new IOException("more chunks of a manifest than it has");
    }
    for (int i = 0; i < chunks.size(); i++) {
      keep(VerifiedChunk.of(root.chunks().get(i).transported(), ByteBuffer.wrap(chunks.get(i))));
    }
  }

  private void keep(VerifiedChunk chunk) {
    try {
      cache.store().put(chunk);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, "a chunk of the manifest is not kept", e);
    }
  }

  /** The manifest is known from now on: its content is held, can be fetched and served. */
  void know(Manifest manifest) {
    hold(manifest.chunks());
    if (origin.orElse(null) instanceof WebTreeOrigin web) {
      web.know(manifest);
    }
    swarm.join(CONTENT, manifest.chunks());
    if (manifest.archive().isEmpty()) {
      swarm.offerFiles(new TreeLayout(manifest));
    }
  }

  /** All that was held so far; whoever takes it lets go of it. */
  Pin held() {
    List<Pin> all = List.copyOf(pins);
    return () -> all.forEach(Pin::close);
  }

  /** A cache is not to take the room that what it is for needs: {@code bytes} at {@code place}. */
  void leaveFree(Path place, long bytes) throws IOException {
    cache.store().leaveFree(place, bytes);
  }

  Traffic traffic() {
    SwarmTraffic traffic = swarm.traffic();
    return new Traffic(
        traffic.fromOrigin(), traffic.fromPeers(), traffic.fromStore(), traffic.served());
  }

  @Override
  public void close() {
    cache.route().unregister(swarm);
    swarm.close();
    toOrigin.close();
  }

  private Origin origin(OriginSpec spec, BearerToken token) {
    return switch (spec) {
      case OriginSpec.ChunkServer server -> new ChunkServerOrigin(server.url(), token, toOrigin);
      case OriginSpec.WebTree tree ->
          new WebTreeOrigin(tree.url(), tree.offeredDir(), tree.offeredKinds());
    };
  }
}
