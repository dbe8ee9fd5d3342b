package io.codeploy.multiquery.node;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Runs of consecutive numbers as text: {@code [01-03,17]}, or {@code 07} for a single one. */
final class NumberRuns {
  private NumberRuns() {}

  /**
   * The text of {@code numbers}.
   *
   * @param width least digits of each, filled with zeros
   */
  static String fold(SortedSet<Integer> numbers, int width) {
    if (numbers.size() == 1) {
      return text(numbers.first(), width);
    }
    return runs(numbers).stream()
        .map(run -> run.text(width))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<Run> runs(SortedSet<Integer> numbers) {
    List<Run> runs = new ArrayList<>();
    for (int number : numbers) {
      if (!runs.isEmpty() && runs.getLast().last() == number - 1) {
        runs.add(new Run(runs.removeLast().first(), number));
      } else {
        runs.add(new Run(number, number));
      }
    }
    return runs;
  }

  private static String text(int number, int width) {
    String digits = Integer.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private record Run(int first, int last) {
    String text(int width) {
      String from = NumberRuns.text(first, width);
      return first == last ? from : from + "-" + NumberRuns.text(last, width);
    }
  }
}
