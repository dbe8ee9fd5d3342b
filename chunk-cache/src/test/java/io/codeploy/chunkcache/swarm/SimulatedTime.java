package io.codeploy.chunkcache.swarm;

import java.time.Duration;
import java.util.PriorityQueue;

/** What happens when, in virtual time; what is due together happens in the order it was told. */
final class SimulatedTime {
  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long order;

  /** Nanoseconds since the beginning. */
  long now() {
    return now;
  }

  /** {@code action} happens after {@code nanos}, at once if that is not positive. */
  void after(long nanos, Runnable action) {
    events.add(new Event(now + Math.max(0, nanos), order++, action));
  }

  /** Goes on until nothing is left to happen or {@code limit} is over; returns the time. */
  Duration run(Duration limit) {
    while (!events.isEmpty() && now < limit.toNanos()) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    return Duration.ofNanos(now);
  }
}
