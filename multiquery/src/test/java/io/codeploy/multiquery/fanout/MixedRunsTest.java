package io.codeploy.multiquery.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import io.codeploy.multiquery.barrier.Halt;
import io.codeploy.multiquery.barrier.KneeRule;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.barrier.Share;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten thousand hosts in virtual time with everything at once: heavy tails, failures, retries, rules
 * by chance. What holds for every run.
 */
class MixedRunsTest {
  private static final int HOSTS = 10_000;
  private static final int BOUND = 300;

  /** One in twenty fails, one in ten is refused a few times before, one in two hundred is slow. */
  private static final class Mixed implements Simulation.Script {
    private final Duration[] times = new Duration[HOSTS];
    private final boolean[] fails = new boolean[HOSTS];
    private final int[] ends = new int[HOSTS];

    Mixed(SplittableRandom random) {
      for (int host = 0; host < HOSTS; host++) {
        double seconds = Math.exp(0.5 * random.nextGaussian());
        seconds += random.nextInt(200) == 0 ? 100 * random.nextDouble() : 0;
        seconds += random.nextInt(10) == 0 ? pauses(1 + random.nextInt(5), random) : 0;
        times[host] = Duration.ofNanos(Math.round(seconds * 1e9));
        fails[host] = random.nextInt(20) == 0;
      }
    }

    /** From half a second on, doubled each time, and spread. */
    private static double pauses(int retries, SplittableRandom random) {
      return IntStream.range(0, retries)
          .mapToDouble(made -> 0.5 * (1 << made) * (0.5 + random.nextDouble()))
          .sum();
    }

    @Override
    public Duration takes(int host) {
      return times[host];
    }

    @Override
    public Verdict verdict(int host) {
      ends[host]++;
      return fails[host] ? Verdict.MISSING : Verdict.WELL;
    }

    Duration longest() {
      return IntStream.range(0, HOSTS).mapToObj(this::takes).max(Duration::compareTo).orElseThrow();
    }

    /** The time that {@code window} of them at once need at least, but for the last. */
    Duration spread(int window) {
      return IntStream.range(0, HOSTS)
          .mapToObj(this::takes)
          .reduce(Duration.ZERO, Duration::plus)
          .dividedBy(window);
    }
  }

  private static Pace byChance(SplittableRandom random) {
    Release release =
        random.nextBoolean() ? new Release.Adaptive(8, BOUND) : new Release.Fixed(BOUND, BOUND);
    Stragglers stragglers = random.nextBoolean() ? Stragglers.CUT : Stragglers.REPORT;
    Optional<Share> quorum =
        random.nextBoolean() ? Optional.of(new Share.Percent(80)) : Optional.empty();
    Optional<KneeRule> knee =
        random.nextBoolean() ? Optional.of(KneeRule.usual()) : Optional.empty();
    Halt.Pending pending = random.nextBoolean() ? Halt.Pending.END : Halt.Pending.FINISH;
    Optional<Halt> halt =
        random.nextInt(3) == 0
            ? Optional.of(new Halt(new Share.Count(1 + random.nextInt(HOSTS / 20)), pending))
            : Optional.empty();
    Duration deadline = Duration.ofSeconds(random.nextInt(3) == 0 ? 5 + random.nextInt(60) : 0);
    Spacing spacing = new Spacing(Duration.ofNanos(random.nextLong(2) * 1000), Duration.ZERO);
    return new Pace(
        release,
        Optional.empty(),
        spacing,
        halt,
        new BarrierRule(quorum, Duration.ZERO, knee, stragglers),
        deadline);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everyHostHasOneOutcomeAndTheWindowHoldsWhateverTheRules(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Mixed hosts = new Mixed(random);
    Pace pace = byChance(random);

    Simulation run = Simulation.run(pace, HOSTS, hosts);

    assertTrue(run.peak <= BOUND, pace + " has a peak of " + run.peak);
    int launched = run.launches.size();
    int[] outcomes = hosts.ends.clone();
    run.cut.forEach(host -> outcomes[host]++);
    for (int host = 0; host < HOSTS; host++) {
      assertEquals(host < launched ? 1 : 0, outcomes[host], "host " + host + " under " + pace);
    }
    assertTrue(launched == HOSTS || run.stopped().isPresent(), pace::toString);
    assertTrue(run.openings.size() <= 1, pace::toString);
    Duration deadline = pace.deadline();
    assertTrue(deadline.isZero() || run.ended().compareTo(deadline) <= 0, pace::toString);
  }

  /** Whoever hands out work as soon as somebody is free is never further from the best. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aFixedWindowIsNeverIdle(long seed) {
    Mixed hosts = new Mixed(new SplittableRandom(seed));

    Simulation run = Simulation.run(Pace.window(BOUND), HOSTS, hosts);

    assertTrue(
        run.ended().compareTo(hosts.spread(BOUND).plus(hosts.longest())) <= 0,
        run.ended()::toString);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anAdaptiveWindowIsNotFarFromAFixedOne(long seed) {
    Mixed hosts = new Mixed(new SplittableRandom(seed));

    Simulation run =
        Simulation.run(Pace.of(new Release.Adaptive(8, BOUND), Spacing.NONE), HOSTS, hosts);

    Duration best = hosts.spread(BOUND).plus(hosts.longest());
    assertTrue(
        run.ended().compareTo(best.multipliedBy(2)) < 0, () -> run.ended() + " against " + best);
  }
}
