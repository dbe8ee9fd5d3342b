package io.codeploy.multiquery.barrier;

import java.util.Optional;

/** A part of the nodes of a run. */
public sealed interface Share {
  /** So many of them, at least 1. */
  record Count(int count) implements Share {
    public Count {
      if (count < 1) {
        throw new IllegalArgumentException("count of " + count);
      }
    }
  }

  /** So many in a hundred, above 0 and at most 100. */
  record Percent(double percent) implements Share {
    public Percent {
      if (!(percent > 0 && percent <= 100)) {
        throw new IllegalArgumentException("percent of " + percent);
      }
    }
  }

  /** What this is of {@code nodes}: rounded up, at least 1, and at most all of them. */
  default int of(int nodes) {
    int part =
        switch (this) {
          case Count some -> some.count();
          // What binary fractions add must not add a node.
          case Percent some -> (int) Math.ceil(some.percent() * nodes / 100 - 1e-6);
        };
    return Math.max(1, Math.min(part, nodes));
  }

  /** {@code 98}, {@code 98%} or {@code 99.5%}; empty for anything else. */
  static Optional<Share> parse(String text) {
    if (text.matches("0*[1-9]\\d{0,6}")) {
      return Optional.of(new Count(Integer.parseInt(text)));
    }
    if (text.matches("\\d{1,3}(\\.\\d{1,6})?%")) {
      double percent = Double.parseDouble(text.substring(0, text.length() - 1));
      return percent > 0 && percent <= 100 ? Optional.of(new Percent(percent)) : Optional.empty();
    }
    return Optional.empty();
  }
}
