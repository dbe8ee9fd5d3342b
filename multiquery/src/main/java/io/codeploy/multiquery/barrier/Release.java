package io.codeploy.multiquery.barrier;

/** How many nodes may be under way at once. */
public sealed interface Release {
  /** To begin with, at least 1. */
  int start();

  /** At most, however it comes about. */
  int most();

  /** The same with no more than {@code bound}, at least 1. */
  Release boundedBy(int bound);

  /** Always as many, unless somebody steers. */
  record Fixed(int start, int most) implements Release {
    public Fixed {
      check(start, most);
    }

    @Override
    public Fixed boundedBy(int bound) {
      return new Fixed(Math.min(start, bound), Math.min(most, bound));
    }
  }

  /** As many as are good for throughput, found on the way. */
  record Adaptive(int start, int most) implements Release {
    public Adaptive {
      check(start, most);
    }

    @Override
    public Adaptive boundedBy(int bound) {
      return new Adaptive(Math.min(start, bound), Math.min(most, bound));
    }
  }

  private static void check(int start, int most) {
    if (start < 1 || start > most) {
      throw new IllegalArgumentException("window of " + start + ", at most " + most);
    }
  }
}
