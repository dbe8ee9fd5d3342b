package io.codeploy.multiquery.warm.keeper;

import java.time.Duration;

/** When a keeper is of no more use: a pure policy, for one thread at a time. */
final class Lifetime {
  /** For the client that started it to come. */
  private static final Duration FIRST = Duration.ofSeconds(30);

  private Duration longest = FIRST;
  private long lastUseNanos;
  private int visits;
  private boolean leaving;

  Lifetime(long nowNanos) {
    lastUseNanos = nowNanos;
  }

  /** A visit begins, of a client that wants its connections kept for {@code keep}. */
  void visitBegins(Duration keep) {
    visits++;
    longest = keep.compareTo(longest) > 0 ? keep : longest;
  }

  void visitEnds(long nowNanos) {
    visits--;
    lastUseNanos = nowNanos;
  }

  /** From now on it only serves visits that have begun. */
  void leave() {
    leaving = true;
  }

  boolean leaving() {
    return leaving;
  }

  boolean over(long nowNanos) {
    return visits == 0
        && (leaving || Duration.ofNanos(nowNanos - lastUseNanos).compareTo(longest) >= 0);
  }
}
