package io.codeploy.multicopy.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
  private static final Map<String, String> WEB1 =
      Map.of("node", "me@web1:2222", "user", "me", "port", "2222", "rank", "0");

  @ParameterizedTest
  @CsvSource({
    "{node}/{name}, me@web1:2222/b.log",
    "{name}, b.log",
    "all/{name}.{node}, all/b.log.me@web1:2222",
    "{rank}/{user}-{port}/{name}, 0/me-2222/b.log",
    "{node}/{path}, me@web1:2222/var/log/b.log",
    "{path}/{node}, var/log/b.log/me@web1:2222",
    "..{name}, ..b.log"
  })
  void placesASource(String layout, String place) throws NodeFailedException {
    assertEquals(Path.of(place), Layout.parse(layout).place(WEB1, "/var/log/b.log", "b.log"));
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, etc/passwd",
    "./x, x",
    "/, ",
    "a/../../b, a/b",
    "/../.., ",
    "./.multicopy-0/x, "
  })
  void leavesOutOfAPathWhatLeadsElsewhere(String path, String place) throws NodeFailedException {
    Layout layout = Layout.parse("{path}");

    if (place == null) {
      assertThrows(NodeFailedException.class, () -> layout.place(WEB1, path, "x"));
    } else {
      assertEquals(Path.of(place), layout.place(WEB1, path, "x"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/{name}",
        "{name}/",
        "a//{name}",
        "../{name}",
        "./{name}",
        "{nodes}/{name}",
        "{",
        "{node",
        "node}",
        "x{path}",
        "{path}.{node}",
        ".multicopy-{name}",
        "{name}/.."
      })
  void refusesWhatIsNoPathBelowTheDestination(String layout) {
    assertThrows(IllegalArgumentException.class, () -> Layout.parse(layout));
  }

  @ParameterizedTest
  @CsvSource({
    "{node}/{name}, true",
    "{node}/{path}, true",
    "{node}, true",
    "{rank}, true",
    "{name}/{node}, true",
    "{user}/{port}/{name}, true",
    "{node}-{name}, true",
    "{name}.{node}, true",
    "{node}{name}, false",
    "{name}, false",
    "{path}, false",
    "{path}/{node}, false",
    "{user}/{name}, false",
    "all, false"
  })
  void tellsWhetherNodesCouldMeet(String layout, boolean apart) {
    List<Node> nodes = Stream.of("a@web:1", "a@web:10", "b@web:1").map(LayoutTest::node).toList();

    assertEquals(apart, new Into(Layout.parse(layout), nodes, "me").isApart(nodes));
  }

  @Test
  void takesANameThatBeginsAnotherForOneThatCouldMeetIt() {
    List<Node> nodes = List.of(node("web"), node("web-1"));

    assertEquals(false, new Into(Layout.parse("{node}-{name}"), nodes, "me").isApart(nodes));
    assertEquals(true, new Into(Layout.parse("{name}+{node}"), nodes, "me").isApart(nodes));
  }

  /** What is said to be apart is, for names of all kinds. */
  @Test
  void neverLetsNodesMeetThatAreApart() throws NodeFailedException {
    SplittableRandom random = new SplittableRandom(4);
    List<String> parts = List.of("{node}", "{name}", "-", "1", "{rank}", "/", "{port}", "/{path}");
    int apart = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = "x" + pick(random, parts) + pick(random, parts) + pick(random, parts);
      try {
        apart += checkApart(Layout.parse(text), random) ? 1 : 0;
      } catch (IllegalArgumentException e) {
        // No layout.
      }
    }
    assertTrue(apart > 1000, apart + " layouts were tried");
  }

  private static boolean checkApart(Layout layout, SplittableRandom random)
      throws NodeFailedException {
    List<String> names = List.of("1", "11", "-", "1-", "-1", "x1", "a");
    Map<String, String> one = values(pick(random, names), pick(random, names), "1");
    Map<String, String> other = values(pick(random, names), pick(random, names), "2");
    if (!layout.isApart(List.of(one, other))) {
      return false;
    }
    for (String a : names) {
      for (String b : names) {
        Path left = layout.place(one, a + "/" + b, b);
        Path right = layout.place(other, b + "/" + a, a);
        assertTrue(!left.startsWith(right) && !right.startsWith(left), left + " and " + right);
      }
    }
    return true;
  }

  private static Map<String, String> values(String node, String port, String rank) {
    return Map.of("node", node, "user", "me", "port", port, "rank", rank);
  }

  private static String pick(SplittableRandom random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static Node node(String name) {
    String[] port = name.split(":", 2);
    return new Node(
        name,
        name,
        Optional.of(name.substring(0, 1)),
        port.length > 1 ? OptionalInt.of(Integer.parseInt(port[1])) : OptionalInt.empty(),
        Map.of());
  }
}
