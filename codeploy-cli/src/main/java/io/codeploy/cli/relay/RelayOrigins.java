package io.codeploy.cli.relay;

import io.codeploy.agent.control.OriginSpec.ChunkServer;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.store.ChunkSource;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.origin.EmbeddedOrigin;
import io.codeploy.multicopy.source.MadeOnce;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/**
 * The first source of one cargo's chunks: a server on each of this machine's addresses that nodes
 * see, and ways to it through SSH for a few of those that reach none.
 */
final class RelayOrigins implements AutoCloseable {
  private final BearerToken token;
  private final MadeOnce<InetAddress, EmbeddedOrigin> servers;
  private final Semaphore forwards = new Semaphore(EmbeddedOrigin.MOST_FORWARDS);

  RelayOrigins(ChunkSource chunks, BearerToken token, TimeSource time) {
    this.token = token;
    this.servers =
        new MadeOnce<>(address -> EmbeddedOrigin.start(List.of(address), 0, chunks, token), time);
  }

  /** Where the node at the other end of {@code connection} finds it, if it does. */
  Optional<ChunkServer> find(Connection connection, AgentLink agent)
      throws IOException, InterruptedException {
    InetAddress address = connection.localAddress().getAddress();
    EmbeddedOrigin server = server(address);
    ChunkServer direct = new ChunkServer(server.url(address));
    if (agent.reaches(direct, token.hex())) {
      return Optional.of(direct);
    }
    return forwards.tryAcquire() ? forwarded(connection, agent, server) : Optional.empty();
  }

  /** Bytes that have left. */
  long bytesSent() {
    return servers.made().mapToLong(EmbeddedOrigin::bytesSent).sum();
  }

  @Override
  public void close() {
    servers.made().forEach(EmbeddedOrigin::close);
  }

  private Optional<ChunkServer> forwarded(
      Connection connection, AgentLink agent, EmbeddedOrigin server) throws InterruptedException {
    try {
      ChunkServer spec = server.forward(connection, connection.localAddress().getAddress());
      if (agent.reaches(spec, token.hex())) {
        return Optional.of(spec);
      }
    } catch (NodeFailedException e) {
      // Prohibited there: the next node is asked.
    }
    forwards.release();
    return Optional.empty();
  }

  private EmbeddedOrigin server(InetAddress address) throws IOException, InterruptedException {
    try {
      return servers.get(address);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException("cannot listen for nodes: " + cause.getMessage(), e);
    }
  }
}
