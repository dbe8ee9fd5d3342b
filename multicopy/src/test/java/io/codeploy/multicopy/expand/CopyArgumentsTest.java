package io.codeploy.multicopy.expand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.node.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyArgumentsTest {
  private static final Node WEB1 = node("web1");

  @ParameterizedTest
  @CsvSource({
    "@:dir, remote, dir",
    "@:/abs/dir, remote, /abs/dir",
    "@:, remote, .",
    "@:~, remote, .",
    "@:~/dir, remote, dir",
    "@:~//etc/dir, remote, etc/dir",
    "@:~///, remote, .",
    "@:~user, remote, ~user",
    "@:logs/@/x, remote, logs/web1/x",
    "@, local, web1",
    "@/conf, local, web1/conf",
    "x@y, local, xweb1y",
    "a@:b, local, aweb1:b",
    "@@, local, @",
    "@@:b, local, @:b",
    "me@@host, local, me@host",
    "@@@, local, @web1",
    "plain, local, plain"
  })
  void expandsTheSignForANode(String argument, String kind, String path) {
    Location destination =
        CopyArguments.of(List.of("source", argument)).forNode(WEB1).destination();

    assertEquals(
        kind.equals("remote") ? new Location.Remote(path) : new Location.Local(path), destination);
  }

  @Test
  void takesAllArgumentsButTheLastAsSources() {
    NodeCopy copy = CopyArguments.of(List.of("a", "@:b", "c")).forNode(WEB1);

    assertEquals(List.of(new Location.Local("a"), new Location.Remote("b")), copy.sources());
    assertEquals(new Location.Local("c"), copy.destination());
  }

  @Test
  void tellsTheSourcesHereThatAllNodesGet() {
    CopyArguments arguments = CopyArguments.of(List.of("a@@b", "@/conf", "@:b", "c@@@", "d", "e"));

    assertEquals(List.of(new Location.Local("a@b"), new Location.Local("d")), arguments.common());
  }

  @Test
  void refusesFewerThanTwoArgumentsAndEmptyOnes() {
    assertThrows(IllegalArgumentException.class, () -> CopyArguments.of(List.of("a")));
    assertThrows(IllegalArgumentException.class, () -> CopyArguments.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> CopyArguments.of(List.of("a", "")));
  }

  @Test
  void namesANodeThatIsListedTwice() {
    CopyArguments pull = CopyArguments.of(List.of("@:log", "logs/@"));

    assertEquals(
        Optional.of("web1 is listed twice, and would write logs/web1 twice"),
        pull.collision(List.of(WEB1, node("web2"), WEB1)));
  }

  @Test
  void namesTwoNodesThatWouldWriteOneLocalPath() {
    CopyArguments pull = CopyArguments.of(List.of("@:log", "logs"));

    assertEquals(
        Optional.of("web1 and web2 would both write logs; put @ into the destination"),
        pull.collision(List.of(WEB1, node("web2"))));
  }

  @Test
  void seesThatTwoPathsAreOne() {
    CopyArguments pull = CopyArguments.of(List.of("@:log", "@/../logs"));

    assertTrue(pull.collision(List.of(WEB1, node("web2"))).isPresent());
  }

  @Test
  void seesNoCollisionWhereTheDestinationNamesTheNodeOrLiesOnIt() {
    List<Node> nodes = List.of(WEB1, node("web2"));

    assertEquals(Optional.empty(), CopyArguments.of(List.of("@:log", "@")).collision(nodes));
    assertEquals(Optional.empty(), CopyArguments.of(List.of("log", "@:log")).collision(nodes));
  }

  /** What is listed is one component of a path, with all that it has. */
  @Test
  void namesANodeExactlyAsListed() {
    CopyArguments pull = CopyArguments.of(List.of("@:log/@.txt", "/got/@/"));

    NodeCopy copy = pull.forNode(node("admin@[::1]:2222"));

    assertEquals(new Location.Remote("log/admin@[::1]:2222.txt"), copy.sources().getFirst());
    assertEquals(new Location.Local("/got/admin@[::1]:2222/"), copy.destination());
  }

  @ParameterizedTest
  @CsvSource({
    "log, @:log, got/@",
    "@:a/log/, b/log, got/@",
    "@:a/log/., ./log, got/@",
    "logs/@.log, @:web1.log, @"
  })
  void namesASourceHereAndOneThereThatWouldGetOneName(String one, String other, String to) {
    CopyArguments mixed = CopyArguments.of(List.of(one, other, to));

    String said = mixed.collision(List.of(WEB1)).orElseThrow();

    assertTrue(said.contains("would get one name in "), said);
    assertTrue(said.contains("@:"), said);
  }

  @ParameterizedTest
  @CsvSource({
    "log, @:logs, got/@",
    "log, @:l*, got/@",
    "log, @:log/.., got/@",
    "log, @:, got/@",
    "log, @:log, @:got",
    "@:a/log, @:b/log, @"
  })
  void leavesToANodeWhatItsNamesDoNotTell(String one, String other, String to) {
    CopyArguments copy = CopyArguments.of(List.of(one, other, to));

    assertEquals(Optional.empty(), copy.collision(List.of(WEB1)));
  }

  @Test
  void seesNoCollisionBetweenTwoNodesOfOneHost() {
    List<Node> nodes = List.of(node("web:22"), node("web:23"), node("me@web:22"));

    assertEquals(Optional.empty(), CopyArguments.of(List.of("@:log", "@")).collision(nodes));
  }

  private static Node node(String name) {
    return new Node(name, name, Optional.empty(), OptionalInt.empty(), Map.of());
  }
}
