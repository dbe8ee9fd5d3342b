package io.codeploy.multiquery.node;

import java.util.function.Consumer;

/** One of the things between commas in brackets. */
sealed interface RangeItem {
  /** How many texts it stands for, at least 1. */
  long count();

  /** Calls {@code use} with each in order. */
  void forEach(Consumer<String> use);

  /** Text as it is. */
  record Literal(String text) implements RangeItem {
    @Override
    public long count() {
      return 1;
    }

    @Override
    public void forEach(Consumer<String> use) {
      use.accept(text);
    }
  }

  /**
   * Numbers.
   *
   * @param width least digits of each, filled with zeros
   */
  record Numbers(long first, long last, long step, int width) implements RangeItem {
    @Override
    public long count() {
      return (last - first) / step + 1;
    }

    @Override
    public void forEach(Consumer<String> use) {
      long left = count();
      for (long number = first; left > 0; number += step, left--) {
        String digits = Long.toString(number);
        use.accept("0".repeat(Math.max(0, width - digits.length())) + digits);
      }
    }
  }

  /** Letters of the alphabet, all of one case. */
  record Letters(char first, char last, long step) implements RangeItem {
    @Override
    public long count() {
      return (last - first) / step + 1;
    }

    @Override
    public void forEach(Consumer<String> use) {
      for (long letter = first; letter <= last; letter += step) {
        use.accept(String.valueOf((char) letter));
      }
    }
  }
}
