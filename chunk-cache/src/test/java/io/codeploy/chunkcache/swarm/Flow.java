package io.codeploy.chunkcache.swarm;

import java.util.List;

/** Bytes on their way over some links. */
final class Flow {
  private final SimulatedTime time;
  private final List<Link> path;
  private final Runnable arrived;
  private double left;
  private double rate;
  private long since;
  private long due = Long.MAX_VALUE;
  private boolean over;

  private Flow(SimulatedTime time, List<Link> path, long bytes, Runnable arrived) {
    this.time = time;
    this.path = path;
    this.left = bytes;
    this.arrived = arrived;
    this.since = time.now();
  }

  /** Sends {@code bytes} over {@code path}; {@code arrived} when all have come. */
  static Flow start(SimulatedTime time, List<Link> path, long bytes, Runnable arrived) {
    Flow flow = new Flow(time, path, bytes, arrived);
    double share = Double.MAX_VALUE;
    for (Link link : path) {
      share = Math.min(share, link.makeRoomFor(flow));
    }
    flow.change(share);
    path.forEach(Link::fill);
    return flow;
  }

  double rate() {
    return rate;
  }

  /** By how much all links of the path would let it be faster. */
  double spare() {
    return path.stream().mapToDouble(Link::free).min().orElse(0);
  }

  void change(double newRate) {
    settle();
    path.forEach(link -> link.changed(newRate - rate));
    rate = newRate;
    expect();
  }

  private void settle() {
    double come = Math.min(left, rate * (time.now() - since));
    left -= come;
    path.forEach(link -> link.carried(come));
    since = time.now();
  }

  /** One that has become slower finds that out when it would have ended. */
  private void expect() {
    long end = rate > 0 ? time.now() + (long) Math.ceil(left / rate) : Long.MAX_VALUE;
    if (end < due) {
      due = end;
      time.after(end - time.now(), () -> look(end));
    }
  }

  private void look(long when) {
    if (over || when != due) {
      return;
    }
    settle();
    if (left < 1) {
      end();
    } else {
      due = Long.MAX_VALUE;
      expect();
    }
  }

  /** Ends it, whether all has come or not. */
  void end() {
    if (over) {
      return;
    }
    settle();
    over = true;
    path.forEach(link -> link.changed(-rate));
    path.forEach(link -> link.remove(this));
    path.forEach(Link::fill);
    arrived.run();
  }
}
