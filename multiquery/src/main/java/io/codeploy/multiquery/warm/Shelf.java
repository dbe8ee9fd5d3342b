package io.codeploy.multiquery.warm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Connections at rest, and which of them goes next: a pure policy, for one thread at a time. It
 * closes nothing.
 */
final class Shelf {
  /** In the order in which they were laid aside. */
  private final Set<Kept> all = new LinkedHashSet<>();

  private final Map<Destination, Deque<Kept>> byDestination = new HashMap<>();

  void put(Kept kept) {
    all.add(kept);
    byDestination.computeIfAbsent(kept.destination(), d -> new ArrayDeque<>()).addLast(kept);
  }

  boolean has(Destination destination) {
    return byDestination.containsKey(destination);
  }

  /** Takes the one to {@code destination} that was used last, so that others may grow old. */
  Optional<Kept> take(Destination destination) {
    Optional<Kept> last = Optional.ofNullable(byDestination.get(destination)).map(Deque::peekLast);
    last.ifPresent(this::remove);
    return last;
  }

  /** Takes the one that has been at rest for longest. */
  Optional<Kept> takeOldest() {
    Optional<Kept> oldest = all.stream().findFirst();
    oldest.ifPresent(this::remove);
    return oldest;
  }

  /** Takes those that {@code wanted} holds for. */
  List<Kept> takeAll(Predicate<Kept> wanted) {
    List<Kept> taken = all.stream().filter(wanted).toList();
    taken.forEach(this::remove);
    return taken;
  }

  List<Kept> all() {
    return List.copyOf(all);
  }

  int size() {
    return all.size();
  }

  private void remove(Kept kept) {
    all.remove(kept);
    Deque<Kept> others = byDestination.get(kept.destination());
    if (others != null) {
      others.remove(kept);
      if (others.isEmpty()) {
        byDestination.remove(kept.destination());
      }
    }
  }
}
