package io.codeploy.multiquery.barrier;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds the window that is good for throughput, from how long completions take. The rule is
 * Plush's: the median of the last k completions, k being the window, against the median of all.
 * More than half worse admits nobody in place of the one that went, a tenth worse admits one,
 * anything else two.
 *
 * <p>By itself it cannot tell load from nodes that are slow, and takes the slowness that it causes
 * for the rule after a while. So growth is to pay (see {@link Growth}): else the window falls back
 * and rests, each time for twice as many windows, before growth is tried again. And a window that
 * begins to shrink is put to the test, as is one that had to rest twice: it is halved, those that
 * were launched before are let go by, and only if nodes are quicker then was it load. In that case
 * the next half is tried; else the former window is back, and what was known of all is forgotten.
 */
final class Adaptation {
  private static final double MUCH_WORSE = 1.5;
  private static final double WORSE = 1.1;
  private static final double QUICKER = 0.65;
  private static final int LEAST_SAMPLES = 3;

  /** In windows. */
  private static final int LONGEST_REST = 32;

  private final Growth growth;
  private Medians medians = new Medians();
  private Optional<Trial> trial = Optional.empty();

  /** Completions that say nothing of the trial, since their nodes were launched before it. */
  private int settling;

  /** When the window fell back: what was launched before tells of one that is given up. */
  private OptionalLong fellNanos = OptionalLong.empty();

  /** Completions until something else is tried. */
  private int resting;

  /** The next rest, in windows. */
  private int rest = 1;

  /** Whether half the window makes nodes quicker than the median before. */
  private record Trial(int window, double medianBefore, int half) {}

  Adaptation(int start) {
    this.growth = new Growth(start);
  }

  /** The window after a completion, which was {@code size} until then. */
  int after(long launchedNanos, long nowNanos, int size) {
    if (fellNanos.isPresent() && launchedNanos < fellNanos.getAsLong()) {
      if (resting > 0) {
        growth.restart(size, nowNanos);
      }
      return size;
    }
    medians.add(nowNanos - launchedNanos);
    if (trial.isPresent()) {
      return test(trial.get(), size, nowNanos);
    }
    OptionalInt enough = growth.enough(size, launchedNanos, nowNanos);
    return enough.isPresent() ? fallBack(enough.getAsInt(), nowNanos) : follow(size);
  }

  private int fallBack(int size, long nowNanos) {
    fellNanos = OptionalLong.of(nowNanos);
    growth.restart(size, nowNanos);
    medians = new Medians();
    resting = rest * size;
    rest = Math.min(2 * rest, LONGEST_REST);
    return size;
  }

  private int follow(int size) {
    boolean known = medians.count() >= size;
    double ratio = known ? medians.ofLast(size) / Math.max(1, medians.ofAll()) : 1;
    if (ratio > MUCH_WORSE) {
      resting = 0;
      return tried(size);
    }
    if (resting > 0) {
      resting--;
      // Nodes that are slow by themselves make growth seem vain, but not again.
      boolean again = rest > 2;
      return resting == 0 && again ? tried(size) : size;
    }
    return ratio > WORSE ? size : size + 1;
  }

  private int tried(int size) {
    begin(size);
    return size - 1;
  }

  private void begin(int size) {
    int half = Math.max(1, size / 2);
    trial = Optional.of(new Trial(size, medians.ofLast(Math.min(size, medians.count())), half));
    settling = size + half;
  }

  private int test(Trial running, int size, long nowNanos) {
    if (size > running.half()) {
      return size - 1;
    }
    if (settling > 0) {
      settling--;
      return size;
    }
    int samples = Math.min(medians.count(), Math.max(LEAST_SAMPLES, running.half()));
    boolean load = medians.ofLast(samples) < QUICKER * running.medianBefore();
    medians = medians.last(samples);
    trial = Optional.empty();
    if (load && size > 1) {
      begin(size);
    }
    int window = load ? size : running.window();
    growth.restart(window, nowNanos);
    return window;
  }
}
