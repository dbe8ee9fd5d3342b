package io.codeploy.chunkcache.manifest;

import java.util.List;
import java.util.Optional;

/**
 * Finds entries of a manifest by path. Whoever asks in the order of a similar manifest finds nearly
 * all where the one before was, so that no table of them has to be made. Used by one thread.
 */
public final class EntryFinder {
  private final List<Entry> entries;

  /** Where the next path is expected. */
  private int next;

  private EntryFinder(List<Entry> entries) {
    this.entries = entries;
  }

  /** Finds those of {@code manifest}; without one, none. */
  public static EntryFinder of(Optional<Manifest> manifest) {
    return new EntryFinder(manifest.map(Manifest::entries).orElse(List.of()));
  }

  /** The entry of that path. */
  public Optional<Entry> find(RelativePath path) {
    if (next < entries.size() && entries.get(next).path().equals(path)) {
      return Optional.of(entries.get(next++));
    }
    int place = search(path);
    next = place < 0 ? -place - 1 : place;
    return place < 0 ? Optional.empty() : Optional.of(entries.get(next++));
  }

  /** As {@link java.util.Arrays#binarySearch} has it: negative when there is none. */
  private int search(RelativePath path) {
    int low = 0;
    int high = entries.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = entries.get(middle).path().compareTo(path);
      if (order == 0) {
        return middle;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return -low - 1;
  }
}
