package io.codeploy.multiquery.ssh.cipher;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Decides when libcrypto is worth its linking: once the JDK has worked on as much as costs the
 * same, so that no run takes more than twice the CPU time that it would have taken had it been
 * known beforehand how much there is to come (the ski rental problem: Karlin et al., "Competitive
 * Snoopy Caching", 1988). May be asked by many threads.
 */
final class Bulk {
  /** 70 ms for linking with classes from an AOT cache, 42 ms for a megabyte by the JDK under C1. */
  static final long WORTH_LINKING_BYTES = 2_000_000;

  private final long worthLinking;
  private final Supplier<Optional<LibCrypto>> loader;
  private final Executor background;
  private final AtomicLong bytes = new AtomicLong();
  private volatile Optional<LibCrypto> library = Optional.empty();

  /**
   * @param worthLinking bytes after which `loader` is asked, once
   * @param background runs it, so that no packet waits
   */
  Bulk(long worthLinking, Supplier<Optional<LibCrypto>> loader, Executor background) {
    this.worthLinking = worthLinking;
    this.loader = loader;
    this.background = background;
  }

  /** Counts a packet of that many bytes; what there is for the next one. Does not block. */
  Optional<LibCrypto> after(int length) {
    long now = bytes.addAndGet(length);
    if (now >= worthLinking && now - length < worthLinking) {
      background.execute(() -> library = loader.get());
    }
    return library;
  }
}
