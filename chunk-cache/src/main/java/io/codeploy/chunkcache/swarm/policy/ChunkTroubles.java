package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Chunks with which the origin fails, and when each may be tried again. */
final class ChunkTroubles {
  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_DOUBLINGS = 5;
  private static final int MAX_REFUSALS = 3;
  private static final int MANY = 2;

  /** What became of one chunk so far. */
  private record Trouble(int tries, int refusals, long retryAtNanos) {
    private static final Trouble NONE = new Trouble(0, 0, Long.MIN_VALUE);

    private Trouble more(boolean refused, long now) {
      long pause = FIRST_PAUSE_NANOS << Math.min(tries, MAX_DOUBLINGS);
      return new Trouble(tries + 1, refusals + (refused ? 1 : 0), now + pause);
    }
  }

  private final Map<Integer, Trouble> troubles = new HashMap<>();

  /** It failed: the chunk rests for 1 s, twice as long each time, 32 s at most. */
  void failed(int chunk, long now) {
    troubles.put(chunk, of(chunk).more(false, now));
  }

  /** It gave no or other bytes, and is likely to do so again. */
  void refused(int chunk, long now) {
    troubles.put(chunk, of(chunk).more(true, now));
  }

  void over(int chunk) {
    troubles.remove(chunk);
  }

  boolean resting(int chunk, long now) {
    return now < of(chunk).retryAtNanos();
  }

  /** Refused so often that there is no use in asking again. */
  boolean hopeless(int chunk) {
    return of(chunk).refusals() >= MAX_REFUSALS;
  }

  /** Failed so often that somebody else had better try. */
  boolean many(int chunk) {
    return of(chunk).tries() >= MANY;
  }

  private Trouble of(int chunk) {
    return troubles.getOrDefault(chunk, Trouble.NONE);
  }
}
