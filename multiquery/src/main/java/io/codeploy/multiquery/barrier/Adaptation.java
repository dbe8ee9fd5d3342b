package io.codeploy.multiquery.barrier;

import java.util.Optional;

/**
 * Finds the window that is good for throughput, from how long completions take. The rule is
 * Plush's: the median of the last k completions, k being the window, against the median of all.
 * More than half worse admits nobody in place of the one that went, a tenth worse admits one,
 * anything else two.
 *
 * <p>By itself it cannot tell load from nodes that are slow, and takes the slowness that it causes
 * for the rule after a while. So a window that begins to shrink is put to the test: it is halved,
 * those that were launched before are let go by, and only if nodes are quicker then was it load. In
 * that case the next half is tried, and growth is one a window from then on; else the former window
 * is back, and what was known of all is forgotten.
 */
final class Adaptation {
  private static final double MUCH_WORSE = 1.5;
  private static final double WORSE = 1.1;
  private static final double QUICKER = 0.75;
  private static final int LEAST_SAMPLES = 3;

  private Medians medians = new Medians();
  private Optional<Trial> trial = Optional.empty();

  /** Completions that say nothing of the trial, since their nodes were launched before it. */
  private int settling;

  /** Load has been met: growth is slow. */
  private boolean careful;

  private int sinceGrowth;

  /** Whether half the window makes nodes quicker than the median before. */
  private record Trial(int window, double medianBefore, int half) {}

  /** The window after a completion, which took {@code tookNanos} under a window of {@code size}. */
  int after(long tookNanos, int size) {
    medians.add(tookNanos);
    return trial.isPresent() ? test(trial.get(), size) : follow(size);
  }

  private int follow(int size) {
    if (medians.count() < size) {
      return grown(size);
    }
    double ratio = medians.ofLast(size) / Math.max(1, medians.ofAll());
    if (ratio > MUCH_WORSE) {
      begin(size);
      return size - 1;
    }
    return ratio > WORSE ? size : grown(size);
  }

  private int grown(int size) {
    sinceGrowth++;
    if (careful && sinceGrowth < size) {
      return size;
    }
    sinceGrowth = 0;
    return size + 1;
  }

  private void begin(int size) {
    int half = Math.max(1, size / 2);
    trial = Optional.of(new Trial(size, medians.ofLast(Math.min(size, medians.count())), half));
    settling = size + half;
  }

  private int test(Trial running, int size) {
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
    careful |= load;
    if (load && size > 1) {
      begin(size);
    }
    return load ? size : running.window();
  }
}
