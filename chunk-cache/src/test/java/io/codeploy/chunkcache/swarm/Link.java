package io.codeploy.chunkcache.swarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One direction of a simulated link, with the flows that share it. The sum of their rates never
 * passes its capacity.
 */
final class Link {
  private static final Comparator<Flow> SLOWEST_FIRST = Comparator.comparingDouble(Flow::rate);

  private final double capacity;
  private final List<Flow> flows = new ArrayList<>();
  private double taken;
  private double carried;

  /** {@code capacity} in bytes per nanosecond. */
  Link(double capacity) {
    this.capacity = capacity;
  }

  /** Bytes that have gone over it. */
  double carried() {
    return carried;
  }

  int flows() {
    return flows.size();
  }

  List<Flow> all() {
    return List.copyOf(flows);
  }

  double free() {
    return Math.max(0, capacity - taken);
  }

  /** {@code flow} joins at rate 0; those that have more than an equal share leave some of it. */
  double makeRoomFor(Flow flow) {
    flows.sort(SLOWEST_FIRST);
    double left = capacity;
    int sharing = flows.size() + 1;
    double level = left / sharing;
    for (Flow other : flows) {
      if (other.rate() > level) {
        break;
      }
      left -= other.rate();
      sharing--;
      level = left / sharing;
    }
    for (Flow other : flows) {
      if (other.rate() > level) {
        other.change(level);
      }
    }
    flows.add(flow);
    return level;
  }

  void remove(Flow flow) {
    flows.remove(flow);
  }

  /** Gives what is free to the slowest first, as far as their other links have room. */
  void fill() {
    flows.sort(SLOWEST_FIRST);
    int sharing = flows.size();
    for (Flow flow : List.copyOf(flows)) {
      double more = Math.min(free() / sharing, flow.spare());
      if (more > flow.rate() / 64) {
        flow.change(flow.rate() + more);
      }
      sharing--;
    }
  }

  /** A flow on it has another rate. */
  void changed(double by) {
    taken += by;
  }

  void carried(double bytes) {
    carried += bytes;
  }
}
