package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.fleet.SeedPlan.Answer;
import io.codeploy.cli.fleet.SeedPlan.Asker;
import io.codeploy.cli.fleet.SeedPlan.Step;
import io.codeploy.cli.fleet.SeedPlan.Step.Fetch;
import io.codeploy.cli.fleet.SeedPlan.Step.Send;
import io.codeploy.cli.fleet.SeedPlan.Step.Wait;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedPlanTest {
  private final SeedPlan plan = new SeedPlan();

  @Test
  void sendsToTwoAndHasTheOthersWait() {
    assertEquals(new Send(), ask());
    assertEquals(new Send(), ask());
    assertEquals(new Wait(), ask());
  }

  @Test
  void sendsThreeInAll() {
    ask();
    ask();
    plan.arrived(new Send());
    assertEquals(new Send(), ask());
    plan.arrived(new Send());
    plan.arrived(new Send());

    assertEquals(new Wait(), ask());
  }

  @Test
  void sendsAgainWhatWasNotTheWaysFault() {
    ask();
    ask();
    plan.broken(new Send(), "");

    assertEquals(new Send(), ask());
  }

  @Test
  void hasASeedServeTwoAtOnce() {
    plan.seed("");
    assertEquals(new Fetch(0), ask());
    assertEquals(new Fetch(0), ask());
    plan.arrived(new Fetch(0));

    assertEquals(new Fetch(0), ask());
  }

  @Test
  void asksTheLeastBusySeed() {
    plan.seed("");
    plan.seed("");

    assertEquals(new Fetch(0), ask());
    assertEquals(new Fetch(1), ask());
  }

  @Test
  void sendsWhereNobodyWillEverHaveIt() {
    assertEquals(new Send(), ask());
    assertEquals(new Send(), ask());
    plan.arrived(new Send());
    assertEquals(new Send(), ask());
    plan.arrived(new Send());
    plan.arrived(new Send());
    for (int i = 0; i < 3; i++) {
      plan.over("");
    }

    assertEquals(new Send(), ask());
  }

  @Test
  void sendsToWhomTwoSeedsDidNotGiveIt() {
    plan.seed("");
    plan.seed("");
    plan.seed("");

    assertEquals(new Send(), plan.next(new Asker("", 0, Set.of(0, 2), true), 0));
  }

  @Test
  void offersNoSeedTwiceToANode() {
    plan.seed("");
    plan.seed("");

    assertEquals(new Fetch(1), plan.next(new Asker("", 0, Set.of(0), true), 0));
  }

  @Test
  void asksALiarNoMore() {
    plan.seed("");
    ask();
    plan.refused(new Fetch(0), Answer.FALSE, "");

    assertEquals(new Send(), ask());
  }

  @Test
  void asksASeedNoMoreThatFailsTwiceInARow() {
    plan.seed("");
    ask();
    plan.refused(new Fetch(0), Answer.LOST, "");
    assertEquals(new Fetch(0), ask());
    plan.arrived(new Fetch(0));
    ask();
    plan.refused(new Fetch(0), Answer.LOST, "");
    assertEquals(new Fetch(0), ask());
    plan.refused(new Fetch(0), Answer.LOST, "");

    assertEquals(new Send(), ask());
  }

  @Test
  void asksNoSeedWhereNodesDoNotReachEachOther() {
    for (int i = 0; i < SeedPlan.FUTILE; i++) {
      plan.seed("");
      plan.refused((Fetch) plan.next(Asker.first("", 0), 0), Answer.FALSE, "");
    }
    plan.seed("");

    for (int i = 0; i < 100; i++) {
      assertEquals(new Send(), ask());
    }
  }

  @Test
  void doesNotCountADoorThatIsShut() {
    for (int i = 0; i < 20; i++) {
      plan.seed("");
      plan.refused((Fetch) plan.next(Asker.first("", 0), 0), Answer.SHUT, "");
    }
    plan.seed("");

    assertEquals(new Fetch(20), ask());
  }

  @Test
  void blamesNobodyForNodesThatCannotFetch() {
    plan.seed("");
    for (int i = 0; i < 2 * SeedPlan.FUTILE; i++) {
      Asker asker = Asker.first("", 0);
      assertEquals(new Fetch(0), plan.next(asker, 0));
      plan.refused(new Fetch(0), Answer.UNABLE, "");

      assertEquals(new Send(), plan.next(asker.after(new Fetch(0), Answer.UNABLE), 0));
    }

    assertEquals(new Fetch(0), ask());
    assertEquals(new Fetch(0), ask());
  }

  @Test
  void staysInASiteThatHasASeed() {
    plan.seed("a");
    plan.seed("b");
    assertEquals(new Fetch(1), ask("b"));
    assertEquals(new Fetch(1), ask("b"));

    // Two copies of the three are still to be sent where there is nobody free.
    assertEquals(new Send(), ask("b"));
  }

  @Test
  void letsOneOfASiteCrossItsBorder() {
    plan.seed("a");
    ask("c");
    plan.arrived(new Fetch(0));
    for (int i = 0; i < SeedPlan.COPIES; i++) {
      Step step = plan.next(new Asker("s" + i, 0, Set.of(0, 1), true), 0);
      plan.arrived(step);
    }

    assertEquals(new Wait(), ask("c"));
    assertEquals(new Fetch(0), ask("d"));
    plan.arrived(new Fetch(0));
    plan.over("c");
    assertEquals(new Fetch(0), ask("c"));
  }

  @Test
  void sendsMoreTheLongerSomebodyWaits() {
    ask();
    ask();
    Duration patience = SeedPlan.PATIENCE;
    assertEquals(new Wait(), ask(patience.minusNanos(1)));
    assertEquals(new Send(), ask(patience));
    assertEquals(new Wait(), ask(patience));
    assertEquals(new Send(), ask(patience.multipliedBy(2)));
    assertEquals(new Wait(), ask(patience.multipliedBy(3)));
    assertEquals(new Send(), ask(patience.multipliedBy(4)));
  }

  @Test
  void takesLongerToLosePatienceWithSeedsThatAreBusyWhileItSends() {
    sendAll();
    plan.next(new Asker("elsewhere", 0, Set.of(0, 1), true), 0);
    plan.seed("");
    ask();
    ask();

    assertEquals(new Wait(), ask(SeedPlan.PATIENCE.multipliedBy(4)));
    assertEquals(new Send(), ask(SeedPlan.BUSY_PATIENCE));
  }

  @Test
  void sendsOneAtATimeWhereSeedsCrawlAndItHasNothingElseToSend() {
    sendAll();
    plan.seed("");
    ask();
    ask();
    Duration patience = SeedPlan.PATIENCE;

    assertEquals(new Wait(), ask(patience.minusNanos(1)));
    assertEquals(new Send(), ask(patience));
    assertEquals(new Wait(), ask(patience.multipliedBy(2)));
    plan.arrived(new Send());
    assertEquals(new Send(), ask(patience.multipliedBy(2)));
  }

  @Test
  void hasPatienceWithSeedsAsLongAsTheyGive() {
    sendAll();
    plan.seed("");
    ask();
    ask();
    Duration later = SeedPlan.PATIENCE.minusNanos(1);
    plan.arrived(new Fetch(0));
    assertEquals(new Fetch(0), ask(later));

    assertEquals(new Wait(), ask(SeedPlan.PATIENCE));
    assertEquals(new Send(), ask(later.plus(SeedPlan.PATIENCE)));
  }

  @Test
  void reachesManyNodesOverThinLinksInRoundsAndSendsThree() {
    // 10 Mbit/s for 41.7 MB: 33.4 s for a copy, so 56 minutes for all of them from one place.
    SpreadSimulation run = new SpreadSimulation(100, 33.4, 33.4, 3).run();

    assertEquals(SeedPlan.COPIES, run.sent());
    assertTrue(run.seconds() < 450, run.toString());
  }

  @Test
  void doesNotWaitForLongWhereACopyTakesNoTime() {
    SpreadSimulation run = new SpreadSimulation(100, 0.4, 0.4, 2).run();

    assertEquals(SeedPlan.COPIES, run.sent());
    assertTrue(run.seconds() < 20, run.toString());
  }

  @Test
  void sendsToEverybodyAtOnceWhereNoNodeReachesAnother() {
    SpreadSimulation run = new SpreadSimulation(100, 1, Double.POSITIVE_INFINITY, 2).run();

    assertEquals(100, run.sent());
    assertTrue(run.seconds() < 130, run.toString());
  }

  /** All copies that are to be sent have been, and whoever got one is no seed. */
  private void sendAll() {
    for (int i = 0; i < SeedPlan.COPIES; i++) {
      plan.arrived(ask());
      plan.over("");
    }
  }

  private Step ask() {
    return ask("");
  }

  private Step ask(String site) {
    return plan.next(Asker.first(site, 0), 0);
  }

  private Step ask(Duration waited) {
    return plan.next(Asker.first("", 0), waited.toNanos());
  }
}
