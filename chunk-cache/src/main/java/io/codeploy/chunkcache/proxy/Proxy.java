package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.wire.PlainClient;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One node's part in the proxy of a deployment. Serves nobody by itself: {@link #clients} is for a
 * server on the loopback address, {@link ProxyRoute} for members.
 */
public final class Proxy implements AutoCloseable {
  private final ProxySettings settings;
  private final MemberClient others;
  private final Ranges ranges;
  private final ClientRoute clients;
  private final OwnerRoute members;

  /**
   * A proxy that asks nobody yet.
   *
   * @param cache may be that of the proxy before
   * @param places one for each client that is served at a time; may be shared with other proxies
   * @param nanoClock monotonic nanoseconds
   */
  public Proxy(ProxySettings settings, RangeCache cache, Semaphore places, LongSupplier nanoClock) {
    this.settings = settings;
    Door door = new Door(settings.allowed(), settings.peers());
    Owners owners = new Owners(settings.peers(), settings.self());
    OwnFetches own = new OwnFetches(cache, nanoClock);
    PlainClient client =
        new PlainClient(nanoClock, LockSupport::parkNanos, MemberClient.STALL_LIMIT);
    this.others = new MemberClient(settings.token(), client);
    this.ranges = new Ranges(owners, own, others, cache, nanoClock);
    this.clients = new ClientRoute(door, new FileAnswer(ranges), new PassOn(door), places);
    this.members = new OwnerRoute(door, own);
  }

  /** Answers every request, with what this node and its members may ask for. */
  public Route clients() {
    return clients;
  }

  /** Requests that wait for others end soon. */
  @Override
  public void close() {
    ranges.close();
    others.close();
  }

  boolean admits(Exchange exchange) {
    return settings.token().admits(exchange);
  }

  void answerMember(Exchange exchange) throws IOException {
    members.handle(exchange);
  }
}
