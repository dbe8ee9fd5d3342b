package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.proxy.OriginClient.First;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** What this node gets from origins as an owner, once for all who want it. */
final class OwnFetches {
  private static final int MAX_FILES = 2048;

  /** Less than an asker waits for an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final OriginClient origin = new OriginClient(PATIENCE);
  private final RangeCache cache;
  private final LongSupplier nanoClock;
  private final SingleFlight<OriginUrl, Optional<About>> questions =
      new SingleFlight<>("proxy-about");
  private final SingleFlight<Digest, VerifiedChunk> ranges = new SingleFlight<>("proxy-origin");
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}. */
  private final LinkedHashMap<OriginUrl, Known> files =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<OriginUrl, Known> eldest) {
          return size() > MAX_FILES;
        }
      };

  private record Known(About about, long freshUntilNanos) {}

  OwnFetches(RangeCache cache, LongSupplier nanoClock) {
    this.cache = cache;
    this.nanoClock = nanoClock;
  }

  /**
   * What there is; empty when requests for it have to be passed on.
   *
   * @param stale validator of a version that was seen to have gone
   */
  Optional<About> about(OriginUrl url, Optional<String> stale)
      throws IOException, InterruptedException {
    stale.ifPresent(validator -> forget(url, validator));
    Optional<Known> known = known(url);
    if (known.isPresent() && nanoClock.getAsLong() - known.get().freshUntilNanos() < 0) {
      return Optional.of(known.get().about());
    }
    return questions.get(url, PATIENCE, () -> ask(url));
  }

  /** A range, from the store or the origin. */
  VerifiedChunk range(Version version, long index) throws IOException, InterruptedException {
    Optional<VerifiedChunk> here = cache.find(version, index);
    return here.isPresent()
        ? here.get()
        : ranges.get(version.key(index), PATIENCE, () -> fetch(version, index));
  }

  private VerifiedChunk fetch(Version version, long index) throws IOException {
    // It may have come between the look and the start.
    Optional<VerifiedChunk> here = cache.find(version, index);
    if (here.isPresent()) {
      return here.get();
    }
    VerifiedChunk range = origin.range(version, index);
    cache.keep(version, index, range);
    return range;
  }

  private Optional<About> ask(OriginUrl url) throws IOException {
    Optional<About> known = known(url).map(Known::about);
    return switch (origin.first(url, known.map(About::version))) {
      case First.Unchanged unchanged -> {
        known.ifPresent(about -> remember(about, unchanged.fresh()));
        yield known;
      }
      case First.Found found -> {
        cache.keep(found.about().version(), 0, found.start());
        remember(found.about(), found.fresh());
        yield Optional.of(found.about());
      }
      case First.Other other -> {
        known.ifPresent(about -> forget(url, about.version().validator()));
        yield Optional.empty();
      }
    };
  }

  private Optional<Known> known(OriginUrl url) {
    lock.lock();
    try {
      return Optional.ofNullable(files.get(url));
    } finally {
      lock.unlock();
    }
  }

  private void remember(About about, Duration fresh) {
    long until = nanoClock.getAsLong() + fresh.toNanos();
    lock.lock();
    try {
      files.put(about.version().url(), new Known(about, until));
    } finally {
      lock.unlock();
    }
  }

  private void forget(OriginUrl url, String validator) {
    lock.lock();
    try {
      files.computeIfPresent(
          url,
          (key, known) -> validator.equals(known.about().version().validator()) ? null : known);
    } finally {
      lock.unlock();
    }
  }
}
