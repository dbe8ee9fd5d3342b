package io.codeploy.multiquery.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.node.NodeFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryRuleTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final RetryRule TWICE = new RetryRule(Duration.ZERO, 2);

  private static NodeFailure timedOut(String phase) {
    return new NodeFailure.TimedOut(phase, LIMIT);
  }

  private static List<NodeFailure> all() {
    return List.of(
        new NodeFailure.Unreachable("no route"),
        new NodeFailure.TurnedAway("too many"),
        new NodeFailure.HostKeyRejected("changed"),
        new NodeFailure.AuthenticationRejected("no key"),
        timedOut("connect"),
        timedOut("authenticate"),
        timedOut("command"),
        timedOut("progress"),
        timedOut("copy"),
        timedOut("run"),
        new NodeFailure.Straggler(LIMIT),
        new NodeFailure.LeftBehind(LIMIT, "goes on"),
        new NodeFailure.Disconnected("lost"),
        new NodeFailure.RemoteFailure("disk full"));
  }

  private static List<NodeFailure> resumed(RetryRule rule, int made) {
    return all().stream().filter(failure -> rule.resumes(failure, made)).toList();
  }

  @Test
  void goesOnWhereAConnectionWasLostOrFellSilentAndNowhereElse() {
    List<NodeFailure> passing = List.of(timedOut("progress"), new NodeFailure.Disconnected("lost"));

    assertEquals(passing, resumed(TWICE, 1));
    assertEquals(passing, resumed(TWICE, 2));
    assertEquals(List.of(), resumed(TWICE, 3));
    assertEquals(List.of(), resumed(RetryRule.NONE, 1));
  }

  @Test
  void pausesLongerFromTimeToTimeUpToABound() {
    List<Duration> pauses =
        Stream.of(1, 2, 3, 4, 9, 1000).map(made -> RetryRule.pause(made, 0.5)).toList();

    assertEquals(
        Stream.of(500, 1000, 2000, 4000, 15_000, 15_000).map(Duration::ofMillis).toList(), pauses);
    assertTrue(RetryRule.pause(1, 0).compareTo(RetryRule.pause(1, 1)) < 0, "pauses are spread");
  }
}
