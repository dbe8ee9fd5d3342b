package io.codeploy.chunkcache.ignore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which paths of a tree patterns leave out. The first {@link IgnorePatterns} that say anything of a
 * path decide, as in git the nearest file; within them the last pattern that matches. A verdict is
 * about a path alone: what is in a directory that is left out is left out too, whatever is said of
 * it, so who walks a tree asks for each directory first and does not go in. Pure.
 */
public final class IgnoreRules {
  /** Leaves out nothing. */
  public static final IgnoreRules NONE = new IgnoreRules(List.of());

  /** The patterns about what is below a directory that is so many names deep. */
  private record Level(String below, int depth, List<IgnorePattern> lastFirst) {}

  private final List<Level> inOrder;

  private IgnoreRules(List<Level> inOrder) {
    this.inOrder = inOrder;
  }

  /** Rules that are asked in this order. */
  public static IgnoreRules of(List<IgnorePatterns> inOrder) {
    return new IgnoreRules(inOrder.stream().map(IgnoreRules::level).toList());
  }

  /** These rules, and {@code first} that are asked before them. */
  public IgnoreRules after(IgnorePatterns first) {
    List<Level> levels = new ArrayList<>(inOrder.size() + 1);
    levels.add(level(first));
    levels.addAll(inOrder);
    return new IgnoreRules(levels);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /** Whether what is at {@code path} below the root is left out; empty where no pattern says. */
  public Optional<Boolean> verdict(String path, boolean directory) {
    if (inOrder.isEmpty()) {
      return Optional.empty();
    }
    List<List<Integer>> names =
        Arrays.stream(path.split("/")).map(name -> name.codePoints().boxed().toList()).toList();
    return inOrder.stream()
        .filter(level -> path.startsWith(level.below()))
        .flatMap(level -> matching(level, names.subList(level.depth(), names.size()), directory))
        .findFirst()
        .map(pattern -> !pattern.negated());
  }

  private static Stream<IgnorePattern> matching(
      Level level, List<List<Integer>> names, boolean directory) {
    return level.lastFirst().stream().filter(pattern -> pattern.matches(names, directory));
  }

  private static Level level(IgnorePatterns patterns) {
    return new Level(
        patterns.below(),
        (int) patterns.below().chars().filter(c -> c == '/').count(),
        patterns.lines().map(IgnorePattern::parse).flatMap(Optional::stream).toList().reversed());
  }
}
