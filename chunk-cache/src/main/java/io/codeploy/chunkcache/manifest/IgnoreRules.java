package io.codeploy.chunkcache.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import nl.basjes.gitignore.GitIgnore;

/**
 * Which paths of a tree patterns leave out. The first {@link IgnorePatterns} that say anything of a
 * path decide, as in git the nearest file; within them the last pattern that matches. Pure.
 */
public final class IgnoreRules {
  /** Leaves out nothing. */
  public static final IgnoreRules NONE = new IgnoreRules(List.of());

  private record Level(String below, GitIgnore rules) {}

  private final List<Level> inOrder;

  private IgnoreRules(List<Level> inOrder) {
    this.inOrder = inOrder;
  }

  /**
   * Rules that are asked in this order.
   *
   * @throws IllegalArgumentException if a pattern is not gitignore syntax
   */
  public static IgnoreRules of(List<IgnorePatterns> inOrder) {
    return new IgnoreRules(inOrder.stream().map(IgnoreRules::level).toList());
  }

  /**
   * These rules, and {@code first} that are asked before them.
   *
   * @throws IllegalArgumentException if a pattern is not gitignore syntax
   */
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
    // Patterns are lines, so none can tell a line break from another character that is no slash.
    String asked = path.replace('\n', '\u0001').replace('\r', '\u0001') + (directory ? "/" : "");
    Optional<Boolean> verdict = Optional.empty();
    for (int i = 0; verdict.isEmpty() && i < inOrder.size(); i++) {
      verdict = verdict(inOrder.get(i), asked);
    }
    return verdict;
  }

  private static Optional<Boolean> verdict(Level level, String path) {
    return path.startsWith(level.below())
        ? Optional.ofNullable(level.rules().isIgnoredFile(path.substring(level.below().length())))
        : Optional.empty();
  }

  private static Level level(IgnorePatterns patterns) {
    try {
      return new Level(patterns.below(), new GitIgnore(patterns.patterns()));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not gitignore syntax: " + e.getDescription(), e);
    }
  }
}
