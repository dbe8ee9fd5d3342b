package io.codeploy.multiquery.barrier;

import java.util.Arrays;
import java.util.Collections;
import java.util.PriorityQueue;

/** The medians of all samples and of the last ones; the lower one of an even number. */
final class Medians {
  private final PriorityQueue<Long> lower = new PriorityQueue<>(Collections.reverseOrder());
  private final PriorityQueue<Long> upper = new PriorityQueue<>();
  private long[] samples = new long[64];
  private int count;

  void add(long sample) {
    if (count == samples.length) {
      samples = Arrays.copyOf(samples, 2 * count);
    }
    samples[count++] = sample;
    lower.add(sample);
    upper.add(lower.remove());
    if (upper.size() > lower.size()) {
      lower.add(upper.remove());
    }
  }

  int count() {
    return count;
  }

  /** Of at least one. */
  double ofAll() {
    return (double) lower.element();
  }

  /** Of the last {@code k}, of which there are so many. */
  double ofLast(int k) {
    long[] last = Arrays.copyOfRange(samples, count - k, count);
    Arrays.sort(last);
    return (double) last[(k - 1) / 2];
  }

  /** The last {@code k} alone. */
  Medians last(int k) {
    Medians last = new Medians();
    for (int i = count - k; i < count; i++) {
      last.add(samples[i]);
    }
    return last;
  }
}
