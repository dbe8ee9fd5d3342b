package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.proxy.TroubleException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What clients of this node get, from whoever owns it. Blocks; after an interruption as soon as the
 * request that is under way ends. Safe for use by many threads.
 */
final class Ranges implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** With one owner that is alive and has no time. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Owners owners;
  private final OwnFetches own;
  private final MemberClient members;
  private final RangeCache cache;
  private final LongSupplier nanoClock;
  private final Absences absences;
  private final CountDownLatch closed = new CountDownLatch(1);

  Ranges(
      Owners owners,
      OwnFetches own,
      MemberClient members,
      RangeCache cache,
      LongSupplier nanoClock) {
    this.owners = owners;
    this.own = own;
    this.members = members;
    this.cache = cache;
    this.nanoClock = nanoClock;
    this.absences = new Absences(nanoClock);
  }

  /** As {@link OwnFetches#about} of the file's owner. */
  Optional<About> about(OriginUrl url, Optional<String> stale)
      throws IOException, InterruptedException {
    return first(
        owners.of(url),
        owner -> owners.isSelf(owner) ? own.about(url, stale) : members.about(owner, url, stale));
  }

  /** A range; what came from somebody else is kept here, too. */
  VerifiedChunk range(Version version, long index) throws IOException, InterruptedException {
    Optional<VerifiedChunk> here = cache.find(version, index);
    return here.isPresent()
        ? here.get()
        : first(owners.of(version, index), owner -> range(owner, version, index));
  }

  /** Nobody waits for anybody any longer. */
  @Override
  public void close() {
    closed.countDown();
  }

  private VerifiedChunk range(Peer owner, Version version, long index)
      throws IOException, InterruptedException {
    if (owners.isSelf(owner)) {
      return own.range(version, index);
    }
    VerifiedChunk range = members.range(owner, version, index);
    cache.keep(version, index, range);
    return range;
  }

  /** What is asked of an owner. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(Peer owner) throws IOException, InterruptedException;
  }

  private <T> T first(List<Peer> asked, Question<T> question)
      throws IOException, InterruptedException {
    IOException why = new IOException("no member answers");
    for (Peer owner : asked) {
      if (owners.isSelf(owner) || !absences.away(owner)) {
        try {
          return patiently(owner, question);
        } catch (IOException e) {
          goOn(owner, e);
          why = e;
        }
      }
    }
    throw why;
  }

  /** Returns when the next owner may do better. */
  private void goOn(Peer owner, IOException why) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("nobody wants it any longer");
    }
    if (why instanceof TroubleException trouble) {
      if (trouble.kind() == Kind.CHANGED) {
        throw trouble;
      }
    } else if (!owners.isSelf(owner)) {
      absences.note(owner);
    }
  }

  private <T> T patiently(Peer owner, Question<T> question)
      throws IOException, InterruptedException {
    long start = nanoClock.getAsLong();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return question.ask(owner);
      } catch (TroubleException e) {
        boolean enough = nanoClock.getAsLong() - start > PATIENCE.toNanos();
        if (e.kind() != Kind.BUSY
            || enough
            || closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
          throw e;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }
}
