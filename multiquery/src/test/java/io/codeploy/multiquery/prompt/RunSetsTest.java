package io.codeploy.multiquery.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeListException;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSetsTest {
  private static final LastRun RUN =
      new LastRun(
          List.of(
              Ran.ended("a", 0, 10, "one"),
              Ran.ended("b", 0, 10, "other"),
              Ran.ended("c", 3, 10, "other"),
              Ran.ended("d", 0, 5000, "third"),
              Ran.failed("e", new NodeFailure.TimedOut("connect", Duration.ofSeconds(1))),
              Ran.failed("f", new NodeFailure.Unreachable("refused")),
              Ran.failed("g", new NodeFailure.AuthenticationRejected("no key")),
              Ran.failed("h", new NodeFailure.Disconnected("lost")),
              Ran.notRun("i")),
          5);
  private static final RunSets SETS = sets(Optional.of(RUN));

  private static RunSets sets(Optional<LastRun> last) {
    return new RunSets(List.of(ScriptedConnector.node("z")), last);
  }

  private static String names(List<Node> nodes) {
    return nodes.stream().map(Node::name).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "ok, a b d",
    "failed, c e f g h i",
    "slow, d",
    "timeout, e",
    "unreachable, f g",
    "status=0, a b d",
    "status=3, c",
    "status=4, ''",
    "1, b c",
    "2, a",
    "3, d",
    "4, ''",
    "last, a b c d e f g h i",
    "current, z"
  })
  void isWhatBecameOfNodes(String name, String nodes) throws Exception {
    assertTrue(SETS.knows(name));
    assertEquals(nodes, names(SETS.find(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "01", "1234567", "status=", "status=1234", "OK", "ok ", "web"})
  void hasNoOtherNames(String name) {
    assertFalse(SETS.knows(name));
  }

  @Test
  void tellsAllThatHaveNodes() throws Exception {
    assertEquals(
        "[ok, failed, status=3, slow, timeout, unreachable, last, current, 1, 2, 3]",
        SETS.all().keySet().toString());
  }

  @Test
  void tellsThatNothingHasRun() throws Exception {
    RunSets none = sets(Optional.empty());

    assertEquals("z", names(none.find("current")));
    assertTrue(none.all().isEmpty());
    NodeListException e = assertThrows(NodeListException.class, () -> none.find("failed"));
    assertEquals("nothing has run yet, so that there is no !failed", e.getMessage());
  }

  @Test
  void tellsThatOutputWasNotKept() {
    RunSets live =
        sets(
            Optional.of(
                new LastRun(List.of(Ran.failed("f", new NodeFailure.Unreachable("x"))), 4)));

    NodeListException e = assertThrows(NodeListException.class, () -> live.find("1"));
    assertEquals("the last run gathered no output; :view gather does", e.getMessage());
  }
}
