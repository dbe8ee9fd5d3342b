package io.codeploy.chunkcache.swarm.policy;

import static io.codeploy.chunkcache.member.Peers.peers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.member.Roster;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final int LARGE = 65;
  private static final int SMALL = 64;
  private static final int TOTAL = PolicyLimits.DEFAULT.total();
  private static final int OF_ONE = PolicyLimits.DEFAULT.fromPeer();

  private final Asks asks = new Asks();

  @Test
  void inALargeSiteOneChunkAtATimeComesFromEach() {
    Window window = window(LARGE);
    Step.FromPeer first = new Step.FromPeer(0, 1);

    window.begin(first);

    assertFalse(window.open(1));
    assertTrue(window.open(2));
    window.end(first);
    assertTrue(window.open(1));
  }

  @Test
  void inASmallSiteSeveralComeFromOne() {
    Window window = window(SMALL);

    for (int chunk = 0; chunk < OF_ONE; chunk++) {
      assertTrue(window.open(1));
      window.begin(new Step.FromPeer(chunk, 1));
    }

    assertFalse(window.open(1));
  }

  @Test
  void inALargeSiteWhatAnOwnerHasToGetHoldsUpNothingElse() {
    Window window = window(LARGE);
    Step.FromPeer asked = new Step.FromPeer(TOTAL, LARGE - 1);
    ask(window, asked);

    begin(window, TOTAL - 1);
    assertTrue(window.open());
    assertFalse(window.open(asked.rank()), "the owner is asked for nothing else meanwhile");

    window.begin(new Step.FromPeer(TOTAL - 1, TOTAL));
    assertFalse(window.open());
  }

  @Test
  void inASmallSiteItTakesAPlace() {
    Window window = window(SMALL);
    ask(window, new Step.FromPeer(TOTAL, SMALL - 1));

    begin(window, TOTAL - 1);

    assertFalse(window.open());
  }

  @Test
  void aLateOneThatAnOwnerHasToGetFreesNoPlaceOfAnother() {
    Window window = window(LARGE);
    Step.FromPeer asked = new Step.FromPeer(TOTAL, LARGE - 1);
    ask(window, asked);
    begin(window, TOTAL);

    assertTrue(window.passOver(asked));
    assertFalse(window.open());
    window.end(asked);
    assertTrue(asks.end(asked));

    assertFalse(window.open());
    assertEquals(0, window.outstanding(asked.rank()));
  }

  @Test
  void lateOnesThatOwnersHaveToGetTakeNoPlaceFromThoseThatAreLateOnTheirWay() {
    Window window = window(LARGE);
    begin(window, TOTAL);
    for (int chunk = TOTAL; chunk < 2 * TOTAL; chunk++) {
      Step.FromPeer asked = new Step.FromPeer(chunk, chunk + 1);
      ask(window, asked);
      assertTrue(window.passOver(asked));
    }

    assertTrue(window.passOver(new Step.FromPeer(0, 1)));
    assertTrue(window.open());
  }

  /** The policy says so before the window hears of it. */
  private void ask(Window window, Step.FromPeer step) {
    asks.begin(step);
    window.begin(step);
  }

  private static void begin(Window window, int count) {
    for (int chunk = 0; chunk < count; chunk++) {
      window.begin(new Step.FromPeer(chunk, chunk + 1));
    }
  }

  private Window window(int members) {
    Roster roster = new Roster("deployment", peers(members));
    return new Window(PolicyLimits.DEFAULT, roster.near(0), asks);
  }
}
