package io.codeploy.multiquery.node;

import java.util.List;
import java.util.function.Consumer;

/** What stands at one place of a {@link NodePattern}: a literal, or what brackets hold. */
record TextRange(List<RangeItem> items) {
  TextRange {
    items = List.copyOf(items);
  }

  static TextRange only(String text) {
    return new TextRange(List.of(new RangeItem.Literal(text)));
  }

  /** How many texts {@code ranges} make when put together; at most {@link Long#MAX_VALUE}. */
  static long combinations(List<TextRange> ranges) {
    long product = 1;
    for (TextRange range : ranges) {
      long count = range.count();
      product = count > Long.MAX_VALUE / product ? Long.MAX_VALUE : product * count;
    }
    return product;
  }

  /** At least 1. */
  private long count() {
    long sum = 0;
    for (RangeItem item : items) {
      sum = item.count() > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + item.count();
    }
    return sum;
  }

  /** Calls {@code use} with each text in order. */
  void forEach(Consumer<String> use) {
    items.forEach(item -> item.forEach(use));
  }
}
