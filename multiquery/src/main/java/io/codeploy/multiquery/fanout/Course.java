package io.codeploy.multiquery.fanout;

import io.codeploy.multiquery.barrier.Barrier;
import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import io.codeploy.multiquery.barrier.Halt;
import io.codeploy.multiquery.barrier.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The course of one run: events and the time in, steps out. Knows no thread and no clock; belongs
 * to one caller at a time. Items are launched in their order.
 */
final class Course {
  private final Pace pace;
  private final int items;
  private final RunSoFar before;
  private final Window window;
  private final Barrier barrier;
  private final SplittableRandom chance;
  private final TreeMap<Integer, Long> launches = new TreeMap<>();
  private int launched;
  private long nextLaunchNanos;
  private int failures;

  /** Too many have failed: nothing more is launched. */
  private boolean halted;

  private boolean opened;
  private Optional<Stop> stop = Optional.empty();

  /** What was under way at the stop has been interrupted. */
  private boolean swept;

  /** The start is also the seed of the jitter: an arbitrary number, another one in each run. */
  Course(Pace pace, int items, RunSoFar before) {
    this.pace = pace;
    this.items = items;
    this.before = before;
    this.window = new Window(pace.release());
    this.barrier = new Barrier(pace.barrier(), before.nodes(), before.startNanos());
    this.chance = new SplittableRandom(before.startNanos());
    this.nextLaunchNanos = before.startNanos();
    this.failures = before.failures();
    haltIfReached();
  }

  /** What to do now. A step is taken to be done when the next one is asked for. */
  Step next(long nowNanos) {
    if (launches.isEmpty() && (stopped().isPresent() || launched == items)) {
      return new Step.Finished();
    }
    if (stop.isEmpty() && reached(deadline(), nowNanos)) {
      stop(new Stop.Expired(pace.deadline()));
    }
    if (stop.isEmpty() && reached(opening(), nowNanos)) {
      return open(nowNanos);
    }
    if (stop.isPresent() && !swept) {
      swept = true;
      return new Step.End(List.copyOf(launches.keySet()));
    }
    return mayLaunch() && nowNanos >= nextLaunchNanos ? launch(nowNanos) : await();
  }

  private Step open(long nowNanos) {
    opened = true;
    Duration after = Duration.ofNanos(nowNanos - before.startNanos());
    if (pace.barrier().stragglers() != Stragglers.REPORT) {
      stop(new Stop.Opened(after));
    }
    return new Step.Tell(
        new Opening(barrier.arrivals(), new ArrayList<>(launches.keySet()), after));
  }

  private static boolean reached(OptionalLong at, long nowNanos) {
    return at.isPresent() && nowNanos >= at.getAsLong();
  }

  private OptionalLong deadline() {
    return pace.deadline().isZero()
        ? OptionalLong.empty()
        : OptionalLong.of(before.startNanos() + pace.deadline().toNanos());
  }

  private OptionalLong opening() {
    if (opened) {
      return OptionalLong.empty();
    }
    boolean allLaunched = launched == items && !launches.isEmpty();
    return barrier.opensAtNanos(
        allLaunched ? OptionalLong.of(launches.lastEntry().getValue()) : OptionalLong.empty());
  }

  private boolean mayLaunch() {
    return stopped().isEmpty() && launched < items && launches.size() < window.size();
  }

  private Step launch(long nowNanos) {
    launches.put(launched, nowNanos);
    nextLaunchNanos = nowNanos + pace.spacing().nextNanos(chance);
    return new Step.Launch(launched++);
  }

  private Step await() {
    LongStream.Builder times = LongStream.builder();
    if (mayLaunch()) {
      times.add(nextLaunchNanos);
    }
    if (stop.isEmpty()) {
      deadline().ifPresent(times::add);
      opening().ifPresent(times::add);
    }
    return new Step.Wait(times.build().min());
  }

  /** The item is done, by itself or because it was interrupted. */
  void ended(int item, long nowNanos, Verdict verdict) {
    long launchedNanos = Objects.requireNonNull(launches.remove(item), "not under way");
    if (verdict != Verdict.MISSING) {
      window.completed(launchedNanos, nowNanos);
      barrier.arrived(nowNanos, nowNanos - launchedNanos);
    }
    if (verdict != Verdict.WELL) {
      failures++;
    }
    haltIfReached();
  }

  private void haltIfReached() {
    if (pace.halt().isPresent() && pace.halt().get().reached(failures, before.nodes())) {
      halted = true;
      if (pace.halt().get().pending() == Halt.Pending.END) {
        stop(new Stop.Halted());
      }
    }
  }

  /** Launches nothing more and interrupts what is under way. The first reason to holds. */
  void stop(Stop why) {
    stop = stop.or(() -> Optional.of(why));
  }

  /** Whether what was under way at the stop has been interrupted. */
  boolean swept() {
    return swept;
  }

  /** Why nothing more is launched. */
  Optional<Stop> stopped() {
    return stop.or(() -> halted ? Optional.of(new Stop.Halted()) : Optional.empty());
  }

  /** How many may be under way, to be widened or narrowed. */
  Window window() {
    return window;
  }
}
