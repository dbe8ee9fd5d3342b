package io.codeploy.chunkcache.swarm.policy;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/** Which chunks of a part are wanted, and which of them can be asked of a holder at once. */
final class Wants {
  private static final int SAMPLE = 32;
  private static final int SEARCH = 256;

  private final HaveMap haves;
  private final RandomGenerator random;
  private final int chunks;
  private final int few;
  private final BitSet wanted = new BitSet();
  private final BitSet inFlight = new BitSet();

  /** Wanted, not in flight, held by somebody. */
  private final BitSet ready = new BitSet();

  /** Wanted, not in flight, held by nobody that is known. */
  private final BitSet orphans = new BitSet();

  private final Deque<Integer> urgent = new ArrayDeque<>();

  /** So many as {@code few} are asked for at once. */
  Wants(int chunks, int few, HaveMap haves, RandomGenerator random) {
    this.chunks = chunks;
    this.few = few;
    this.haves = haves;
    this.random = random;
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** Whether no more is wanted than may be asked for at once. */
  boolean few() {
    return wanted.cardinality() <= few;
  }

  /** Whether anything is wanted that is not on its way. */
  boolean anyOpen() {
    return !ready.isEmpty() || !orphans.isEmpty();
  }

  /** Whether a holder could be asked for something. */
  boolean anyReady() {
    return !ready.isEmpty();
  }

  boolean wanted(int chunk) {
    return wanted.get(chunk);
  }

  /** Whether somebody is known to hold {@code chunk}. */
  boolean held(int chunk) {
    return haves.count(chunk) > 0;
  }

  boolean orphan(int chunk) {
    return orphans.get(chunk);
  }

  void want(int chunk) {
    wanted.set(chunk);
    refresh(chunk);
  }

  void wantUrgently(int chunk) {
    want(chunk);
    if (!urgent.contains(chunk)) {
      urgent.add(chunk);
    }
  }

  void withdraw(int chunk) {
    wanted.clear(chunk);
    urgent.remove(chunk);
    refresh(chunk);
  }

  void begin(int chunk) {
    inFlight.set(chunk);
    refresh(chunk);
  }

  void end(int chunk) {
    inFlight.clear(chunk);
    refresh(chunk);
  }

  /** To be called whenever the number of holders of {@code chunk} has changed. */
  void refresh(int chunk) {
    boolean open = wanted.get(chunk) && !inFlight.get(chunk);
    boolean has = haves.count(chunk) > 0;
    ready.set(chunk, open && has);
    orphans.set(chunk, open && !has);
  }

  /** The first step that {@code plan} has for an urgent chunk. */
  Optional<Step> firstUrgent(IntFunction<Optional<Step>> plan) {
    for (Iterator<Integer> all = urgent.iterator(); all.hasNext(); ) {
      int chunk = all.next();
      Optional<Step> step = inFlight.get(chunk) ? Optional.empty() : plan.apply(chunk);
      if (step.isPresent()) {
        return step;
      }
    }
    return Optional.empty();
  }

  /** The step that {@code plan} has for the chunk rarest in this site, of a random sample. */
  Optional<Step> rarestReady(IntFunction<Optional<Step>> plan) {
    Optional<Step> best = Optional.empty();
    int fewest = Integer.MAX_VALUE;
    int chunk = randomBit(ready);
    int left = Math.min(SEARCH, ready.cardinality());
    for (int seen = 0; chunk >= 0 && seen < SAMPLE && left > 0; left--) {
      int count = haves.rarity(chunk);
      Optional<Step> step = count < fewest ? plan.apply(chunk) : Optional.empty();
      if (step.isPresent()) {
        best = step;
        fewest = count;
      }
      seen += count >= fewest || step.isPresent() ? 1 : 0;
      chunk = after(ready, chunk);
    }
    return best;
  }

  /** The first step that {@code plan} has for an orphan among {@code of}, from a random one on. */
  Optional<Step> randomOrphan(BitSet of, IntFunction<Optional<Step>> plan) {
    int start = randomBit(of);
    int chunk = start;
    int tried = 0;
    while (chunk >= 0 && tried < SEARCH) {
      if (orphans.get(chunk)) {
        tried++;
        Optional<Step> step = plan.apply(chunk);
        if (step.isPresent()) {
          return step;
        }
      }
      chunk = after(of, chunk);
      if (chunk == start) {
        break;
      }
    }
    return Optional.empty();
  }

  /** Like {@link #randomOrphan(BitSet, IntFunction)}, among all orphans. */
  Optional<Step> randomOrphan(IntFunction<Optional<Step>> plan) {
    return randomOrphan(orphans, plan);
  }

  private int randomBit(BitSet set) {
    return set.isEmpty() ? -1 : after(set, random.nextInt(chunks) - 1);
  }

  private static int after(BitSet set, int chunk) {
    int next = set.nextSetBit(chunk + 1);
    return next >= 0 ? next : set.nextSetBit(0);
  }
}
