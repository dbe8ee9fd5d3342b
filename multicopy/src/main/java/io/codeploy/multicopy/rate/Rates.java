package io.codeploy.multicopy.rate;

import java.util.OptionalLong;

/**
 * The most that is copied in a second, in bytes of content, before any compression.
 *
 * @param run by all nodes together
 * @param node by each node
 */
public record Rates(OptionalLong run, OptionalLong node) {
  /** No limit. */
  public static final Rates NONE = new Rates(OptionalLong.empty(), OptionalLong.empty());

  public Rates {
    if (run.orElse(1) < 1 || node.orElse(1) < 1) {
      throw new IllegalArgumentException("a rate is at least 1 byte a second");
    }
  }
}
