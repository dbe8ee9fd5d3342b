package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.store.ChunkStore;
import io.codeploy.chunkcache.wire.PeerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Members in this process, each with a port for the others and one for clients. */
final class ProxyRig implements AutoCloseable {
  private static final long QUOTA_BYTES = 1 << 28;
  private static final int CLIENTS = 16;

  private final String allow;
  private final List<ProxyRoute> routes = new ArrayList<>();
  private final AtomicLong skippedNanos = new AtomicLong();
  private final List<RangeCache> caches = new ArrayList<>();
  private BearerToken token = BearerToken.random(new SecureRandom());
  private final List<PeerServer> memberServers = new ArrayList<>();
  private final List<HttpServer> clientServers = new ArrayList<>();
  private final List<Peer> peers = new ArrayList<>();
  private final List<Semaphore> places = new ArrayList<>();
  private final List<Proxy> proxies = new CopyOnWriteArrayList<>();

  /** {@code strangers} are further members, of which each answers others as it likes. */
  ProxyRig(Path temp, int members, String allow, Route... strangers) throws IOException {
    this.allow = allow;
    for (int i = 0; i < members; i++) {
      ProxyRoute route = new ProxyRoute(() -> System.nanoTime() + skippedNanos.get());
      routes.add(route);
      join(route);
    }
    for (Route stranger : strangers) {
      join(stranger);
    }
    for (int i = 0; i < members; i++) {
      ChunkStore store = ChunkStore.open(temp.resolve("store" + i), QUOTA_BYTES);
      caches.add(new RangeCache(store));
      places.add(new Semaphore(CLIENTS));
      proxies.add(proxy(i));
      routes.get(i).register(proxies.getLast());
      int member = i;
      clientServers.add(server(exchange -> proxies.get(member).clients().handle(exchange)));
    }
  }

  /** Time passes for what replaced proxies do. */
  void skip(Duration time) {
    skippedNanos.addAndGet(time.toNanos());
  }

  /** The next deployment: members take another token for new requests. */
  void renew() {
    token = BearerToken.random(new SecureRandom());
    for (int i = 0; i < proxies.size(); i++) {
      routes.get(i).retire(proxies.get(i));
      proxies.set(i, proxy(i));
      routes.get(i).register(proxies.get(i));
    }
  }

  private Proxy proxy(int member) {
    ProxySettings settings = new ProxySettings(token, member, peers, AllowList.parse(allow));
    return new Proxy(settings, caches.get(member), places.get(member), System::nanoTime);
  }

  /** Of a member, for clients. */
  int port(int member) {
    return clientServers.get(member).addresses().getFirst().getPort();
  }

  /** Of a member, for other members. */
  int memberPort(int member) {
    return peers.get(member).port();
  }

  /** Of a member, for clients that are served at a time. */
  Semaphore places(int member) {
    return places.get(member);
  }

  String authorization() {
    return "Authorization: " + token.authorization();
  }

  /** A member does not answer the others any more. */
  void kill(int member) {
    memberServers.get(member).close();
  }

  Owners owners() {
    return new Owners(peers, 0);
  }

  @Override
  public void close() {
    proxies.forEach(Proxy::close);
    clientServers.forEach(HttpServer::close);
    memberServers.forEach(PeerServer::close);
  }

  private void join(Route route) throws IOException {
    PeerServer server =
        PeerServer.start(
            "rig-members",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            route,
            System::nanoTime,
            PeerServer.DEFAULT_STALL);
    memberServers.add(server);
    int rank = peers.size();
    peers.add(
        new Peer(
            rank, "node" + rank, "127.0.0.1", server.address().getPort(), Optional.empty(), true));
  }

  private static HttpServer server(Route route) throws IOException {
    return HttpServer.start(
        "rig",
        List.of(
            new Endpoint(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(route))));
  }
}
