package io.codeploy.multiquery.select;

import io.codeploy.multiquery.inventory.Glob;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** One thing in an expression that names nodes. */
sealed interface Term {
  /** {@code n[01-32]}. */
  record Word(String text) implements Term {}

  /** {@code ^FILE}. */
  record FromFile(Path file) implements Term {}

  /** {@code @GROUP}, {@code @SOURCE:GROUP}. */
  record Group(String name) implements Term {}

  /** {@code web*}. */
  record Wildcard(Glob glob) implements Term {}

  /** {@code /regex/}, found anywhere in a name. */
  record Regex(Pattern pattern) implements Term {}

  /** {@code site=fra}. */
  record Label(String text) implements Term {}

  /** {@code !failed}: what the last run made of nodes. */
  record Result(String name) implements Term {}

  /** {@code -}, standard input. */
  record Input() implements Term {}
}
