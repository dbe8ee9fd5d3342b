package io.codeploy.chunkcache.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hosts with an uplink and a downlink each, an origin with an uplink, and, where there are sites, a
 * link between each site and the others. Nothing is lost; flows share links nearly fairly.
 */
final class LinkNetwork implements SimulatedNetwork {
  /** How many chunks the origin sends at once. */
  private static final int ORIGIN_SLOTS = 12;

  private static final long HERE_NANOS = 500_000;
  private static final long AWAY_NANOS = 10_000_000;

  /** A host; {@code site} has its links to the others, if it is in one. */
  record Host(Link up, Link down, Optional<Site> site) {
    /** Rates in bytes per nanosecond. */
    static Host of(double up, double down, Optional<Site> site) {
      return new Host(new Link(up), new Link(down), site);
    }
  }

  /** What leaves a site, and what comes in. */
  record Site(Link out, Link in) {
    static Site of(double rate) {
      return new Site(new Link(rate), new Link(rate));
    }
  }

  private final SimulatedTime time;
  private final int chunkBytes;
  private final Link origin;
  private final List<Host> hosts;

  LinkNetwork(SimulatedTime time, int chunkBytes, double originRate, List<Host> hosts) {
    this.time = time;
    this.chunkBytes = chunkBytes;
    this.origin = new Link(originRate);
    this.hosts = hosts;
  }

  @Override
  public long delayNanos(int from, int to) {
    return hosts.get(from).site().equals(hosts.get(to).site()) ? HERE_NANOS : AWAY_NANOS;
  }

  @Override
  public boolean fromOrigin(int to, Runnable arrived) {
    if (origin.flows() >= ORIGIN_SLOTS) {
      return false;
    }
    List<Link> path = new ArrayList<>(List.of(origin, hosts.get(to).down()));
    hosts.get(to).site().ifPresent(site -> path.add(site.in()));
    time.after(AWAY_NANOS, () -> Flow.start(time, path, chunkBytes, arrived));
    return true;
  }

  @Override
  public Runnable send(int from, int to, Runnable arrived) {
    Host sender = hosts.get(from);
    Host receiver = hosts.get(to);
    List<Link> path = new ArrayList<>(List.of(sender.up(), receiver.down()));
    if (!sender.site().equals(receiver.site())) {
      sender.site().ifPresent(site -> path.add(site.out()));
      receiver.site().ifPresent(site -> path.add(site.in()));
    }
    Flow flow = Flow.start(time, path, chunkBytes, () -> time.after(delayNanos(from, to), arrived));
    return flow::end;
  }

  @Override
  public void killed(int rank) {
    hosts.get(rank).up().all().forEach(Flow::end);
    hosts.get(rank).down().all().forEach(Flow::end);
  }

  /** Bytes that have left the origin. */
  double fromOrigin() {
    return origin.carried();
  }
}
