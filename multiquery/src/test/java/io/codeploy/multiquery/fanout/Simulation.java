package io.codeploy.multiquery.fanout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** A course in virtual time over hosts that do what a script says. One use. */
final class Simulation {
  private final Course course;
  private final Script script;
  private final PriorityQueue<End> ends =
      new PriorityQueue<>(Comparator.comparingLong(End::workNanos).thenComparingInt(End::item));
  private final Map<Integer, End> underWay = new TreeMap<>();
  private long nowNanos;
  private long workedNanos;

  final List<Duration> launches = new ArrayList<>();
  final Map<Integer, Duration> arrivals = new TreeMap<>();
  final List<Integer> cut = new ArrayList<>();
  final List<Opening> openings = new ArrayList<>();
  int peak;

  /** How a host behaves. */
  @FunctionalInterface
  interface Script {
    /** How long it takes by itself. */
    Duration takes(int host);

    /** How fast each of {@code inside} hosts works beside the others. */
    default double speed(int inside) {
      return 1;
    }

    default Verdict verdict(int host) {
      return Verdict.WELL;
    }
  }

  /** When an item has done its work, on a clock that runs at the speed of the hosts. */
  private record End(long workNanos, int item) {}

  private Simulation(Pace pace, int hosts, RunSoFar before, Script script) {
    this.course = new Course(pace, hosts, before);
    this.script = script;
  }

  static Simulation run(Pace pace, int hosts, Script script) {
    return run(pace, hosts, RunSoFar.none(hosts, 0), script);
  }

  static Simulation run(Pace pace, int hosts, RunSoFar before, Script script) {
    Simulation simulation = new Simulation(pace, hosts, before, script);
    simulation.run();
    return simulation;
  }

  /** When the last one ended. */
  Duration ended() {
    return Duration.ofNanos(nowNanos);
  }

  Optional<Stop> stopped() {
    return course.stopped();
  }

  private void run() {
    while (true) {
      switch (course.next(nowNanos)) {
        case Step.Launch launch -> launch(launch.item());
        case Step.Tell tell -> openings.add(tell.opening());
        case Step.End end -> end.items().forEach(this::cut);
        case Step.Wait wait -> await(wait.untilNanos().orElse(Long.MAX_VALUE));
        case Step.Finished finished -> {
          return;
        }
      }
    }
  }

  private void launch(int item) {
    launches.add(ended());
    End end = new End(workedNanos + script.takes(item).toNanos(), item);
    underWay.put(item, end);
    ends.add(end);
    peak = Math.max(peak, underWay.size());
  }

  private void cut(int item) {
    cut.add(item);
    ends.remove(underWay.remove(item));
    course.ended(item, nowNanos, Verdict.MISSING);
  }

  private void await(long untilNanos) {
    double speed = script.speed(underWay.size());
    long nextNanos =
        ends.isEmpty()
            ? Long.MAX_VALUE
            : nowNanos + Math.round((ends.element().workNanos() - workedNanos) / speed);
    if (nextNanos > untilNanos) {
      workedNanos += Math.round((untilNanos - nowNanos) * speed);
      nowNanos = untilNanos;
    } else {
      nowNanos = nextNanos;
      end(ends.remove());
    }
  }

  private void end(End end) {
    workedNanos = end.workNanos();
    underWay.remove(end.item());
    Verdict verdict = script.verdict(end.item());
    if (verdict != Verdict.MISSING) {
      arrivals.put(end.item(), ended());
    }
    course.ended(end.item(), nowNanos, verdict);
  }
}
