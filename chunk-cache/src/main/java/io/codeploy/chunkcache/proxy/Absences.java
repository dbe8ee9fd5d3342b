package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.member.Peer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/** Members that did not answer lately. Safe for use by many threads. */
final class Absences {
  private static final Duration LET_BE = Duration.ofSeconds(30);

  private final LongSupplier nanoClock;
  private final ConcurrentMap<Integer, Long> untilNanos = new ConcurrentHashMap<>();

  Absences(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  void note(Peer member) {
    untilNanos.put(member.rank(), nanoClock.getAsLong() + LET_BE.toNanos());
  }

  boolean away(Peer member) {
    return Optional.ofNullable(untilNanos.get(member.rank()))
        .filter(until -> nanoClock.getAsLong() - until < 0)
        .isPresent();
  }
}
