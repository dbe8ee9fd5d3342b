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
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand scripted hosts in virtual time. */
class CourseTest {
  private static final int HOSTS = 10_000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final BarrierRule FOR_ALL = BarrierRule.forAll();

  private static Pace pace(int window, Optional<Halt> halt, BarrierRule barrier, Duration end) {
    Release release = new Release.Fixed(window, window);
    return new Pace(release, Optional.empty(), Spacing.NONE, halt, barrier, end);
  }

  private static Pace barrier(int window, BarrierRule barrier) {
    return pace(window, Optional.empty(), barrier, Duration.ZERO);
  }

  private static BarrierRule quorum(String share, Duration minWait, Stragglers stragglers) {
    return new BarrierRule(Share.parse(share), minWait, Optional.empty(), stragglers);
  }

  private static BarrierRule knee(Stragglers stragglers) {
    return new BarrierRule(
        Optional.empty(), Duration.ZERO, Optional.of(KneeRule.usual()), stragglers);
  }

  /** Log-normal around a second, as ssh to a wide area; one in two hundred takes minutes. */
  private static List<Duration> heavyTail(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, HOSTS)
        .mapToObj(
            i -> {
              double seconds = Math.exp(0.5 * random.nextGaussian());
              boolean slow = i % 200 == 0;
              return Duration.ofNanos(Math.round((slow ? 100 + 100 * seconds : seconds) * 1e9));
            })
        .toList();
  }

  private static Simulation.Script failing(int every) {
    return new Simulation.Script() {
      @Override
      public Duration takes(int host) {
        return SECOND;
      }

      @Override
      public Verdict verdict(int host) {
        return host % every == every - 1 ? Verdict.MISSING : Verdict.WELL;
      }
    };
  }

  @Test
  void everyHostHasItsTurnUnderTheWindow() {
    Simulation run = Simulation.run(Pace.window(200), HOSTS, host -> SECOND);

    assertEquals(HOSTS, run.arrivals.size());
    assertEquals(200, run.peak);
    assertEquals(Duration.ofSeconds(HOSTS / 200), run.ended());
    assertEquals(Optional.empty(), run.stopped());
  }

  @ParameterizedTest
  @CsvSource({"7, 7, 0, 0, 7", "7, 20, 0, 0, 7", "7, 7, 1, 0, 1", "7, 7, 0, 1, 1"})
  void asManyAsThePaceTellsAreLaunchedBeforeTimePasses(
      int start, int most, int delaySeconds, int jitterSeconds, int atOnce) {
    Spacing spacing =
        new Spacing(Duration.ofSeconds(delaySeconds), Duration.ofSeconds(jitterSeconds));
    for (Release release :
        List.of(new Release.Fixed(start, most), new Release.Adaptive(start, most))) {
      Pace pace = Pace.of(release, spacing);
      Course course = new Course(pace, 100, RunSoFar.none(100, 5));
      int launched = 0;
      while (course.next(5) instanceof Step.Launch) {
        launched++;
      }

      assertEquals(atOnce, launched);
      assertEquals(atOnce, pace.atOnce());
    }
  }

  @Test
  void launchesAreApartByDelayAndJitter() {
    Duration delay = Duration.ofMillis(100);
    Duration jitter = Duration.ofMillis(50);
    Pace pace = Pace.of(new Release.Fixed(HOSTS, HOSTS), new Spacing(delay, jitter));

    Simulation run = Simulation.run(pace, HOSTS, host -> SECOND);

    long different = 0;
    for (int i = 1; i < HOSTS; i++) {
      Duration gap = run.launches.get(i).minus(run.launches.get(i - 1));
      assertTrue(
          gap.compareTo(delay) >= 0 && gap.compareTo(delay.plus(jitter)) <= 0, gap::toString);
      different += gap.equals(delay) ? 0 : 1;
    }
    assertTrue(different > HOSTS / 2, "there is jitter");
  }

  @Test
  void theDeadlineEndsWhatIsUnderWayAndLaunchesNothingMore() {
    Duration deadline = Duration.ofMillis(10_500);

    Simulation run =
        Simulation.run(pace(100, Optional.empty(), FOR_ALL, deadline), HOSTS, host -> SECOND);

    assertEquals(1000, run.arrivals.size());
    assertEquals(100, run.cut.size());
    assertEquals(1100, run.launches.size());
    assertEquals(deadline, run.ended());
    assertEquals(Optional.of(new Stop.Expired(deadline)), run.stopped());
  }

  @Test
  void haltsWhenAShareHasFailedAndLetsTheOthersFinish() {
    Halt halt = new Halt(new Share.Percent(10), Halt.Pending.FINISH);

    Simulation run =
        Simulation.run(pace(100, Optional.of(halt), FOR_ALL, Duration.ZERO), HOSTS, failing(4));

    // The thousandth failure is the host that is the 4000th, among a hundred.
    assertEquals(4000 + 99, run.launches.size());
    assertEquals(List.of(), run.cut);
    assertEquals(Optional.of(new Stop.Halted()), run.stopped());
  }

  @Test
  void endsWhatIsUnderWayWhereTheFirstFailureIsOneTooMany() {
    Halt halt = new Halt(new Share.Count(1), Halt.Pending.END);

    Simulation run =
        Simulation.run(pace(100, Optional.of(halt), FOR_ALL, Duration.ZERO), HOSTS, failing(4));

    assertEquals(SECOND, run.ended());
    assertEquals(IntStream.range(4, 103).boxed().toList(), run.cut);
    assertEquals(List.of(0, 1, 2), List.copyOf(run.arrivals.keySet()));
  }

  @Test
  void theDeadlineHoldsForWhatAHaltLetsFinish() {
    Halt halt = new Halt(new Share.Count(1), Halt.Pending.FINISH);
    Duration deadline = Duration.ofSeconds(5);
    Simulation.Script script =
        new Simulation.Script() {
          @Override
          public Duration takes(int host) {
            return host == 0 ? SECOND : Duration.ofDays(1);
          }

          @Override
          public Verdict verdict(int host) {
            return Verdict.MISSING;
          }
        };

    Simulation run = Simulation.run(pace(100, Optional.of(halt), FOR_ALL, deadline), HOSTS, script);

    assertEquals(deadline, run.ended());
    assertEquals(100, run.launches.size());
    assertEquals(Optional.of(new Stop.Expired(deadline)), run.stopped());
  }

  @Test
  void aRunWithAQuorumEndsForThosePresent() {
    List<Duration> trace = heavyTail(1);
    Duration quorumMet = trace.stream().sorted().skip(9799).findFirst().orElseThrow();

    Simulation run =
        Simulation.run(
            barrier(HOSTS, quorum("98%", Duration.ZERO, Stragglers.CUT)),
            HOSTS,
            host -> trace.get(host));

    assertEquals(quorumMet, run.ended());
    assertEquals(9800, run.arrivals.size());
    assertEquals(200, run.cut.size());
    assertEquals(Optional.of(new Stop.Opened(quorumMet)), run.stopped());
    assertEquals(List.of(new Opening(9800, sorted(run.cut), quorumMet)), run.openings);
  }

  private static List<Integer> sorted(List<Integer> items) {
    return items.stream().sorted().toList();
  }

  @Test
  void stragglersThatAreReportedMayComeInLate() {
    List<Duration> trace = heavyTail(1);

    Simulation run =
        Simulation.run(
            barrier(HOSTS, quorum("98%", Duration.ZERO, Stragglers.REPORT)),
            HOSTS,
            host -> trace.get(host));

    assertEquals(HOSTS, run.arrivals.size());
    assertEquals(trace.stream().max(Duration::compareTo).orElseThrow(), run.ended());
    assertEquals(List.of(9800), run.openings.stream().map(Opening::arrived).toList());
  }

  @Test
  void aQuorumCountsFromTheLeastWaitOn() {
    Duration minWait = Duration.ofMinutes(1);

    Simulation run =
        Simulation.run(
            barrier(HOSTS, quorum("10%", minWait, Stragglers.CUT)),
            HOSTS,
            host -> Duration.ofMillis(10L * host));

    assertEquals(minWait, run.ended());
    assertEquals(6001, run.arrivals.size());
  }

  @Test
  void aQuorumThatIsMetWhileNobodyIsUnderWayEndsTheRun() {
    Pace spaced =
        new Pace(
            new Release.Fixed(10, 10),
            Optional.empty(),
            Spacing.of(Duration.ofMinutes(1)),
            Optional.empty(),
            quorum("2", Duration.ZERO, Stragglers.CUT),
            Duration.ZERO);

    Simulation run = Simulation.run(spaced, HOSTS, host -> SECOND);

    assertEquals(Duration.ofSeconds(61), run.ended());
    assertEquals(2, run.launches.size());
  }

  @Test
  void hostsThatFailDoNotMakeAQuorum() {
    Simulation run =
        Simulation.run(
            barrier(HOSTS, quorum("80%", Duration.ZERO, Stragglers.CUT)), HOSTS, failing(4));

    assertEquals(List.of(), run.openings);
    assertEquals(HOSTS, run.launches.size());
  }

  /** Half of the nodes are left, a minute after the run began. */
  private static RunSoFar halfWay(int failures) {
    return new RunSoFar(2 * HOSTS, -Duration.ofMinutes(1).toNanos(), failures);
  }

  @Test
  void aFurtherPartOfARunHasTheDeadlineAndTheLeastWaitOfTheWhole() {
    Duration deadline = Duration.ofSeconds(70);
    BarrierRule patient = quorum("10%", Duration.ofSeconds(65), Stragglers.CUT);

    Simulation late =
        Simulation.run(
            pace(100, Optional.empty(), FOR_ALL, deadline), HOSTS, halfWay(0), host -> SECOND);
    Simulation early =
        Simulation.run(barrier(HOSTS, patient), HOSTS, halfWay(0), host -> Duration.ofMillis(host));

    assertEquals(Duration.ofSeconds(10), late.ended());
    assertEquals(Duration.ofSeconds(5), early.ended());
    assertEquals(
        List.of(Duration.ofSeconds(65)), early.openings.stream().map(Opening::after).toList());
  }

  @Test
  void sharesAreOfAllNodesOfARunWhoeverIsLeft() {
    BarrierRule rule = quorum("40%", Duration.ZERO, Stragglers.LEAVE);

    Simulation run =
        Simulation.run(
            barrier(HOSTS, rule), HOSTS, halfWay(0), host -> Duration.ofMillis(1L + host));

    assertEquals(List.of(8_000), run.openings.stream().map(Opening::arrived).toList());
    assertEquals(2_000, run.cut.size());
  }

  @Test
  void failuresOfAFormerPartCountForTheHalt() {
    Halt halt = new Halt(new Share.Percent(10), Halt.Pending.FINISH);
    Pace pace = pace(100, Optional.of(halt), FOR_ALL, Duration.ZERO);

    Simulation soon = Simulation.run(pace, HOSTS, halfWay(1_999), failing(4));
    Simulation over = Simulation.run(pace, HOSTS, halfWay(2_000), failing(4));

    // The fourth host is the first to fail, beside a hundred less one.
    assertEquals(103, soon.launches.size());
    assertEquals(List.of(), over.launches);
    assertEquals(Optional.of(new Stop.Halted()), over.stopped());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void findsTheKneeOfAHeavyTail(long seed) {
    List<Duration> trace = heavyTail(seed);

    Simulation run =
        Simulation.run(barrier(HOSTS, knee(Stragglers.CUT)), HOSTS, host -> trace.get(host));

    assertTrue(run.ended().compareTo(Duration.ofSeconds(30)) < 0, run.ended()::toString);
    assertTrue(run.cut.size() >= 50, "the slow ones are cut");
    assertTrue(run.cut.size() <= 60, () -> "and few of the others: " + run.cut.size());
  }

  @Test
  void seesNoKneeWhereArrivalsAreEven() {
    Simulation run =
        Simulation.run(
            barrier(HOSTS, knee(Stragglers.CUT)), HOSTS, host -> Duration.ofMillis(10 + host));

    assertEquals(HOSTS, run.arrivals.size());
    assertEquals(List.of(), run.openings);
  }

  @Test
  void aNarrowWindowMakesNobodyAStraggler() {
    Simulation run =
        Simulation.run(
            barrier(25, knee(Stragglers.CUT)), HOSTS, host -> Duration.ofMillis(900 + host % 200));

    assertEquals(HOSTS, run.arrivals.size());
    assertEquals(List.of(), run.openings);
  }

  @ParameterizedTest
  @EnumSource(Stragglers.class)
  void findsTheKneeUnderAWindowToo(Stragglers stragglers) {
    Simulation run =
        Simulation.run(
            barrier(25, knee(stragglers)),
            HOSTS,
            host -> host == 9990 ? Duration.ofHours(1) : SECOND);

    assertEquals(List.of(List.of(9990)), run.openings.stream().map(Opening::stragglers).toList());
    assertEquals(stragglers == Stragglers.REPORT ? List.of() : List.of(9990), run.cut);
  }

  /** Beyond 25 at once all of them together get less done, as in Plush's experiment. */
  private static Duration congested(Release release, int slowFrom) {
    Simulation.Script script =
        new Simulation.Script() {
          @Override
          public Duration takes(int host) {
            return host < slowFrom ? SECOND : SECOND.multipliedBy(10);
          }

          @Override
          public double speed(int inside) {
            return Math.min(1, Math.pow(25.0 / inside, 2));
          }
        };
    return Simulation.run(Pace.of(release, Spacing.NONE), HOSTS, script).ended();
  }

  @ParameterizedTest
  @ValueSource(ints = {HOSTS, HOSTS / 2})
  void adaptiveReleaseComesNearTheBestWindowWithoutBeingToldOf(int slowFrom) {
    Duration best = congested(new Release.Fixed(25, 25), slowFrom);
    Duration wide = congested(new Release.Fixed(100, 100), slowFrom);

    Duration adaptive = congested(new Release.Adaptive(8, 300), slowFrom);

    assertTrue(adaptive.compareTo(best.multipliedBy(3)) < 0, () -> adaptive + " against " + best);
    assertTrue(adaptive.compareTo(wide) < 0, () -> adaptive + " against " + wide);
  }

  @Test
  void adaptiveReleaseIsNotFooledByNodesThatAreSlowByThemselves() {
    Simulation run =
        Simulation.run(
            Pace.of(new Release.Adaptive(8, 300), Spacing.NONE),
            HOSTS,
            host -> host < HOSTS / 2 ? SECOND : SECOND.multipliedBy(10));

    long best = HOSTS / 2 / 300 * 11;
    assertTrue(run.ended().toSeconds() < 2 * best, run.ended()::toString);
  }

  /** As much gets done by four at once as by any number of them: one processor, one link. */
  private static Simulation busy(Release release) {
    Simulation.Script script =
        new Simulation.Script() {
          @Override
          public Duration takes(int host) {
            return Duration.ofMillis(80 + host * 7 % 41);
          }

          @Override
          public double speed(int inside) {
            return Math.min(1, 4.0 / inside);
          }
        };
    return Simulation.run(Pace.of(release, Spacing.NONE), HOSTS, script);
  }

  private static Duration longest(Simulation run) {
    return run.arrivals.entrySet().stream()
        .map(arrival -> arrival.getValue().minus(run.launches.get(arrival.getKey())))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  @Test
  void adaptiveReleaseDoesNotCrowdAMachineThatIsBusyAnyway() {
    Simulation crowded = busy(new Release.Fixed(1000, 1000));

    Simulation adaptive = busy(new Release.Adaptive(8, 1000));

    assertTrue(adaptive.ended().compareTo(crowded.ended().multipliedBy(5).dividedBy(4)) < 0);
    assertTrue(longest(adaptive).compareTo(longest(crowded).dividedBy(10)) < 0);
    assertTrue(adaptive.peak <= 100, () -> "peak " + adaptive.peak);
  }

  @Test
  void adaptiveReleaseTakesItBackThatALaterPartOfTheListIsSlow() {
    Simulation run =
        Simulation.run(
            Pace.of(new Release.Adaptive(8, 300), Spacing.NONE),
            HOSTS,
            host -> host < HOSTS / 100 ? SECOND : SECOND.multipliedBy(5));

    long best = HOSTS / 300 * 5;
    assertTrue(run.ended().toSeconds() < 2 * best, run.ended()::toString);
  }

  @Test
  void adaptiveReleaseIsNotHeldBackByTheDead() {
    Simulation.Script everySecondIsDead =
        new Simulation.Script() {
          private boolean dead(int host) {
            return host > 24 && host % 2 == 0;
          }

          @Override
          public Duration takes(int host) {
            return dead(host) ? SECOND.multipliedBy(30) : SECOND;
          }

          @Override
          public Verdict verdict(int host) {
            return dead(host) ? Verdict.MISSING : Verdict.WELL;
          }
        };

    Simulation run =
        Simulation.run(
            Pace.of(new Release.Adaptive(8, 1000), Spacing.NONE), HOSTS, everySecondIsDead);

    long best = HOSTS / 2 / 1000 * 31;
    assertTrue(run.ended().toSeconds() < 2 * best, run.ended()::toString);
  }

  @Test
  void adaptiveReleaseFillsItsBoundWhereNothingSlowsItDown() {
    Simulation run =
        Simulation.run(Pace.of(new Release.Adaptive(8, 300), Spacing.NONE), HOSTS, host -> SECOND);

    assertEquals(300, run.peak);
    assertTrue(run.ended().compareTo(Duration.ofSeconds(40)) < 0, run.ended()::toString);
  }
}
