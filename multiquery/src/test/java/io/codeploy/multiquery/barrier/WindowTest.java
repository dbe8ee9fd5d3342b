package io.codeploy.multiquery.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static Window adaptive(int start, int most) {
    return new Window(new Release.Adaptive(start, most));
  }

  private long nowNanos;

  /** One after the other, as many at once as the window has. */
  private void complete(Window window, int times, long tookNanos) {
    for (int i = 0; i < times; i++) {
      nowNanos += tookNanos / window.size();
      window.completed(nowNanos - tookNanos, nowNanos);
    }
  }

  /** By a machine that completes one each 100 ns and no more, however many are under way. */
  private void completeByTheBusy(Window window, int times) {
    for (int i = 0; i < times; i++) {
      nowNanos += 100;
      window.completed(Math.max(0, nowNanos - 100L * window.size()), nowNanos);
    }
  }

  @Test
  void anAdaptiveOneGrowsByOneWithEachCompletionThatIsNoWorse() {
    Window window = adaptive(2, 100);
    complete(window, 10, 1000);
    assertEquals(12, window.size());
  }

  @Test
  void growsNoFurtherThanItsBound() {
    Window window = adaptive(2, 5);
    complete(window, 10, 1000);
    assertEquals(5, window.size());
  }

  @Test
  void holdsWhereTheLastOnesAreATenthWorse() {
    Window window = adaptive(4, 4);
    complete(window, 100, 1000);
    complete(window, 4, 1200);
    assertEquals(4, window.size());

    Window same = new Window(new Release.Adaptive(4, 100));
    complete(same, 3, 1000);
    assertEquals(7, same.size(), "too few to tell");
  }

  /** At its bound of 8, all completions having taken 1000. */
  private Window settled() {
    Window window = adaptive(8, 8);
    complete(window, 100, 1000);
    return window;
  }

  @Test
  void shrinksToHalfWhereTheLastOnesAreHalfWorse() {
    Window window = settled();
    complete(window, 5, 1600);
    assertEquals(7, window.size());
    complete(window, 3, 1600);
    assertEquals(4, window.size());
    complete(window, 12, 1600);
    assertEquals(4, window.size(), "until those that were launched before are through");
  }

  @Test
  void takesItBackWhereHalfTheWindowMakesNobodyQuicker() {
    Window window = settled();
    complete(window, 5 + 3 + 12, 1600);
    complete(window, 1, 1600);
    assertEquals(8, window.size());
    complete(window, 100, 1600);
    assertEquals(8, window.size(), "slow nodes are the rule now");
  }

  @Test
  void triesTheNextHalfWhereItDid() {
    Window window = settled();
    complete(window, 5 + 3, 1600);
    complete(window, 12 + 1, 1000);
    assertEquals(4, window.size());
    complete(window, 2, 1000);
    assertEquals(2, window.size());
    complete(window, 6 + 1, 1000);
    assertEquals(4, window.size(), "which was no better");
  }

  @Test
  void fallsBackWhereTwiceTheWindowGetsNoMoreDone() {
    Window window = adaptive(8, 1000);
    completeByTheBusy(window, 24);
    assertEquals(32, window.size());
    completeByTheBusy(window, 1);
    assertEquals(8, window.size());
  }

  @Test
  void restsThereForAWindowAndTriesAgain() {
    Window window = adaptive(8, 1000);
    completeByTheBusy(window, 25);
    nowNanos += 100_000; // those that were launched before are through
    completeByTheBusy(window, 8);
    assertEquals(8, window.size());
    completeByTheBusy(window, 4);
    assertTrue(window.size() > 8);
  }

  @Test
  void countsNothingThatWasLaunchedUnderAWindowItGaveUp() {
    Window window = adaptive(8, 1000);
    completeByTheBusy(window, 25);
    long fellNanos = nowNanos;
    for (int i = 0; i < 100; i++) {
      nowNanos += 100;
      window.completed(fellNanos - 1, nowNanos);
    }
    assertEquals(8, window.size());
  }

  @Test
  void staysWhereNodesAreDoneAsQuicklyUnderAnyWindow() {
    Window window = adaptive(8, 1000);
    complete(window, 992, 1000);
    assertEquals(1000, window.size());
    complete(window, 5000, 1000);
    assertEquals(1000, window.size());
  }

  @Test
  void aFixedOneHasNoEyeForCompletions() {
    Window window = new Window(new Release.Fixed(7, 7));
    complete(window, 100, 1000);
    assertEquals(7, window.size());
  }

  @Test
  void isSteeredByQuartersWithinItsBounds() {
    Window window = new Window(new Release.Fixed(8, 11));
    window.widen();
    assertEquals(10, window.size());
    window.widen();
    assertEquals(11, window.size());
    for (int i = 0; i < 20; i++) {
      window.narrow();
    }
    assertEquals(1, window.size());
    window.widen();
    assertEquals(2, window.size());
  }

  @Test
  void refusesBoundsThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> new Release.Fixed(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Release.Adaptive(8, 7));
  }

  @Test
  void itsMediansAreThoseOfASortedList() {
    SplittableRandom random = new SplittableRandom(7);
    Medians medians = new Medians();
    List<Long> samples = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      samples.add(random.nextLong(1000));
      medians.add(samples.getLast());
      assertEquals(median(samples), medians.ofAll());
      int k = 1 + random.nextInt(samples.size());
      assertEquals(median(samples.subList(samples.size() - k, samples.size())), medians.ofLast(k));
    }
  }

  private static double median(List<Long> samples) {
    List<Long> sorted = new ArrayList<>(samples);
    Collections.sort(sorted);
    return (double) sorted.get((sorted.size() - 1) / 2);
  }
}
