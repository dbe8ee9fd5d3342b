package io.codeploy.chunkcache.ignore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a sequence has to look like: runs of elements, and between two of them any number of any
 * elements. So {@code ab*c*} is {@code ab}, {@code c} and an empty run.
 *
 * @param runs one at least
 */
record Wildcards<T>(List<List<Predicate<T>>> runs) {

  /**
   * Whether this is all of {@code elements}. A run in the middle is best where it is found first,
   * so nothing is tried twice: no element is looked at more often than there are steps.
   */
  boolean matches(List<T> elements) {
    List<Predicate<T>> first = runs.getFirst();
    List<Predicate<T>> last = runs.getLast();
    int end = elements.size() - last.size();
    if (runs.size() == 1) {
      return end == 0 && isAt(0, first, elements);
    }
    return first.size() <= end
        && isAt(end, last, elements)
        && isAt(0, first, elements)
        && matchesBetween(elements.subList(first.size(), end));
  }

  private boolean matchesBetween(List<T> elements) {
    int from = 0;
    for (List<Predicate<T>> run : runs.subList(1, runs.size() - 1)) {
      while (from + run.size() <= elements.size() && !isAt(from, run, elements)) {
        from++;
      }
      from += run.size();
      if (from > elements.size()) {
        return false;
      }
    }
    return true;
  }

  private static <T> boolean isAt(int from, List<Predicate<T>> run, List<T> elements) {
    for (int i = 0; i < run.size(); i++) {
      if (!run.get(i).test(elements.get(from + i))) {
        return false;
      }
    }
    return true;
  }

  /** Takes the steps in their order. */
  static final class Builder<T> {
    private final List<List<Predicate<T>>> runs = new ArrayList<>(List.of(new ArrayList<>()));

    /** One element. */
    void one(Predicate<T> like) {
      runs.getLast().add(like);
    }

    /** Any number of elements, also none. */
    void any() {
      runs.add(new ArrayList<>());
    }

    Wildcards<T> build() {
      return new Wildcards<>(Collections.unmodifiableList(runs));
    }
  }
}
