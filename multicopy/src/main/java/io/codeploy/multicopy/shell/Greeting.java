package io.codeploy.multicopy.shell;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The first thing that a node says of itself and of a destination.
 *
 * @param kind {@code directory}, {@code other}, {@code absent}, or {@code nowhere} where not even
 *     the directory that would hold it is there
 * @param words programs that the node has, and other facts
 */
record Greeting(String kind, Set<String> words) {
  Greeting {
    words = Set.copyOf(words);
  }

  /** Reads a line; empty if it is none of our script's. */
  static Optional<Greeting> parse(String line) {
    String[] word = line.split(" ", -1);
    if (word.length < 4 || !line.startsWith("multicopy 1 ")) {
      return Optional.empty();
    }
    Set<String> words = new HashSet<>(Arrays.asList(word).subList(3, word.length));
    return Optional.of(new Greeting(word[2], words));
  }

  Way way() {
    return Way.of(words);
  }

  boolean has(String word) {
    return words.contains(word);
  }
}
