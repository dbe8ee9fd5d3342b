package io.codeploy.multiquery.select;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.inventory.CommandOutput;
import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import io.codeploy.multiquery.node.NodeNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
  private static final String LIST =
      "web1 site=fra\nweb2 site=nyc\nadmin@db1:2222 site=fra\nweb1\nbox host=10.0.0.9\n";

  @TempDir Path directory;

  private static Selector selector(long seed) {
    Groups groups =
        Groups.none()
            .with(
                "lab",
                name ->
                    switch (name) {
                      case "web" -> Optional.of(Node.of("web[1-3]", Map.of()));
                      case "none" -> Optional.of(List.of());
                      default -> Optional.empty();
                    });
    return new Selector(
        () -> NodeList.parse("list", LIST),
        groups,
        () -> NodeList.parse("standard input", "in1\nin2\n"),
        new CommandOutput(Map.of("PATH", "/usr/bin:/bin")),
        new SplittableRandom(seed));
  }

  private static Selection where(String... targets) {
    return selection(List.of(targets), List.of(), List.of());
  }

  private static Selection selection(
      List<String> targets, List<String> groups, List<String> exceptions) {
    return new Selection(targets, groups, List.of(), exceptions, OptionalInt.empty());
  }

  private static String names(Selection selection) throws NodeListException {
    return selector(1).select(selection).stream().map(Node::name).collect(joining(" "));
  }

  private static String refusal(Selection selection) {
    return String.valueOf(
        assertThrows(NodeListException.class, () -> names(selection)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "n1;n1",
        "n2,n1,n2;n2 n1",
        "n1 n2, n3,;n1 n2 n3",
        "n[1-3],me@n[01-02,9]:22;n1 n2 n3 me@n01:22 me@n02:22 me@n9:22",
        "n[1-9]!n[2-8];n1 n9",
        "n[1-9] ! n[2-8];n1 n9",
        "n[1-4]&n[3-6];n3 n4",
        "n[1-4]^n[3-6];n1 n2 n5 n6",
        "n[1-4]!n3&n[3-4];n4",
        "n1,n2!n1,n1;n2 n1",
        "n[1-9]!/[2-8]/;n1 n9",
        "n[1-9]&/[2-8]/;n2 n3 n4 n5 n6 n7 n8",
        "n[1-9]!n?;''",
        "n[1-5],-n3;n1 n2 n4 n5",
        "-n3,n[1-5];n1 n2 n4 n5",
        "n[1-5],-n3 -n4;n1 n2 n5",
        "n[1-12],/1/;n1 n10 n11 n12",
        "n[1-12],/1/,-/0|2$/;n1 n11",
        "/1/,n[1-12],/2$/;n12",
        "@web,web9;web1 web2 web3 web9",
        "@lab:web!web2;web1 web3",
        "n1,-@web;n1",
        "web*;web1 web2",
        "WEB?;web1 web2",
        "10.0.0.*;box",
        "*;web1 web2 admin@db1:2222 box",
        "site=fra;web1 admin@db1:2222",
        "-site=fra;web2 box",
        "-web1;web2 admin@db1:2222 box",
        "-db1;web1 web2 web1 box",
        "/^web/;web1 web2 web1",
        "-;in1 in2",
        "2001:db8::[1-2],[::1]:22;2001:db8::1 2001:db8::2 [::1]:22",
        "n[1-3]!^FILE;n1 n3",
        "^FILE,n1;n2 x1 n1",
        "n1 ^FILE;n1 n2 x1",
        "n2^n1;n2 n1",
        "n[1-3],-^FILE;n1 n3"
      })
  void resolvesExpressions(String expression, String names) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "n2\nx1\n");
    Selection selection = where(expression.replace("FILE", file.toString()));

    if (names.isEmpty()) {
      assertEquals("-w \"" + expression + "\" names no node", refusal(selection));
    } else {
      assertEquals(names, names(selection));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "''=>-w \"\": names nothing",
        "' , '=>-w \" , \": names nothing",
        "!n1=>-w \"!n1\": ! has nothing on its left",
        "n1!=>-w \"n1!\": a node is wanted at the end of \"n1!\"",
        "n1&&n2=>-w \"n1&&n2\": a node is wanted at the end of \"n1&\"",
        "n1,-=>-w \"n1,-\": a node is wanted at the end of \"n1,-\"",
        "n[1-3=>-w \"n[1-3\": \"n[1-3\" has a bracket without its other half; write n[1-9]",
        "^=>-w \"^\": ^ has no file behind it",
        "^/no/such=>-w \"^/no/such\": node list /no/such does not exist",
        "./list=>-w \"./list\": \"./list\" is not a node; write ^./list for a file",
        "/etc/list=>-w \"/etc/list\": \"/etc/list\" is no /regex/; write ^/etc/list for a file",
        "/n=>-w \"/n\": \"/n\" is no /regex/; write ^/n for a file",
        "n1,/(/=>-w \"n1,/(/\": /(/ is no regex: Unclosed group",
        "@nobody=>-w \"@nobody\": no group is called nobody in lab",
        "@none=>-w \"@none\" names no node",
        "x*=>-w \"x*\" names no node",
        "site=lon=>-w \"site=lon\" names no node",
        "n1,-n1=>-w \"n1,-n1\" leaves no node",
        "n1,/2/=>-w \"n1,/2/\" leaves no node",
        "n[1-1000000000]=>-w \"n[1-1000000000]\": \"n[1-1000000000]\" brings the list over"
            + " 100000 nodes, its limit",
        "n[1-60000],m[1-60000]=>-w \"n[1-60000],m[1-60000]\": means more than 100000 nodes"
      })
  void saysWhichExpressionIsWrong(String expression, String message) {
    assertEquals(message, refusal(where(expression)));
  }

  @Test
  void takesAllOfTheListWithItsDuplicates() throws NodeListException {
    assertEquals("web1 web2 admin@db1:2222 web1 box", names(where()));
  }

  @Test
  void joinsWhatSeveralOptionsName() throws NodeListException {
    Selection selection =
        new Selection(
            List.of("a,b", "b,c,-web2"),
            List.of("web", "lab:web"),
            List.of("echo d a"),
            List.of("b", "site=x"),
            OptionalInt.empty());

    assertEquals("a c web1 web3 d", names(selection));
  }

  @Test
  void keepsUserPortAndLabelsOfAListedNode() throws NodeListException {
    List<Node> nodes = selector(1).select(where("*db1*"));

    assertEquals(List.of("admin@db1:2222 site=fra"), nodes.stream().map(Node::line).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "db1;web1 web2 web1 box",
        "DB1;web1 web2 web1 box",
        "admin@db1:2222;web1 web2 web1 box",
        "other@db1;web1 web2 admin@db1:2222 web1 box",
        "db1:22;web1 web2 admin@db1:2222 web1 box",
        "10.0.0.9;web1 web2 admin@db1:2222 web1",
        "box;web1 web2 admin@db1:2222 web1",
        "web*;admin@db1:2222 box",
        "/[12]/;box",
        "/x/,/^web/,box;admin@db1:2222",
        "@web;admin@db1:2222 box",
        "unheard-of;web1 web2 admin@db1:2222 web1 box",
        "x*;web1 web2 admin@db1:2222 web1 box",
        "site=fra!web1;web1 web2 web1 box"
      })
  void takesAwayWhatXMeans(String exception, String names) throws NodeListException {
    assertEquals(names, names(selection(List.of(), List.of(), List.of(exception))));
  }

  @Test
  void aPatternMeansNoOtherNodeOfTheHost() throws NodeListException {
    String nodes = "web1,web1:22,u@web1";

    assertEquals("web1", names(where(nodes + ",/1$/,-/@/")));
    assertEquals("web1:22 u@web1", names(where(nodes + ",-/^web1$/")));
    assertEquals(
        "web1:22 u@web1", names(selection(List.of(nodes), List.of(), List.of("/^web1$/"))));
  }

  @Test
  void refusesADashWithinX() {
    assertEquals(
        "-x \"-n1\": takes nodes away already; leave out the dash",
        refusal(selection(List.of("n[1-2]"), List.of(), List.of("-n1"))));
  }

  @Test
  void allowsAnEmptyFileOfExceptions() throws IOException {
    Path down = Files.writeString(directory.resolve("down"), "# nobody\n");

    assertEquals("n1", names(selection(List.of("n1"), List.of(), List.of("^" + down))));
  }

  @Test
  void saysThatNothingIsLeft() {
    assertEquals(
        "-w \"n[1-2]\" -x \"n*\" leaves no node",
        refusal(selection(List.of("n[1-2]"), List.of(), List.of("n*"))));
  }

  @Test
  void saysWhichGroupIsUnknown() {
    assertEquals(
        "-g \"nobody\": no group is called nobody in lab",
        refusal(selection(List.of(), List.of("web,nobody"), List.of())));
    assertEquals(
        "-g \"none\" names no node", refusal(selection(List.of(), List.of("none"), List.of())));
  }

  /** As {@code -g "$FIRST,$SECOND"} is where both variables are empty. */
  @Test
  void takesCommasWithoutGroupsForNoGroupAndNotForTheWholeList() {
    assertEquals("-g \",\" names no group", refusal(selection(List.of(), List.of(","), List.of())));
  }

  private static String picked(int count, long seed) throws NodeListException {
    Selection selection =
        new Selection(
            List.of("n[1-9]"), List.of(), List.of(), List.of("n5"), OptionalInt.of(count));
    return selector(seed).select(selection).stream().map(Node::name).collect(joining(" "));
  }

  @Test
  void picksByChanceInOrderAndAsSeeded() throws NodeListException {
    Set<String> seen = new HashSet<>();
    for (long seed = 0; seed < 1_000; seed++) {
      String picked = picked(3, seed);
      assertEquals(picked, picked(3, seed));
      assertTrue(picked.matches("n[1-46-9] n[1-46-9] n[1-46-9]"), picked);
      List<String> names = List.of(picked.split(" ", -1));
      assertEquals(names.stream().sorted().distinct().toList(), names);
      seen.add(picked);
    }
    // 8 over 3; the chance to miss one of them in 1,000 draws is below one in a million.
    assertEquals(56, seen.size());
  }

  @Test
  void picksAllWhereThereAreNotMore() throws NodeListException {
    assertEquals("n1 n2 n3 n4 n6 n7 n8 n9", picked(100, 1));
  }

  @Test
  void resolvesTenThousandNames() throws NodeListException {
    String names =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "x" + Integer.toHexString(i * 7919) + "y")
            .collect(joining(","));

    List<Node> nodes = selector(1).select(selection(List.of(names), List.of(), List.of("x1*")));

    assertEquals(10_000 - names.split(",x1", -1).length + 1, nodes.size());
  }

  @Test
  void whatIsFoldedMeansTheSameNodes() throws NodeListException {
    SplittableRandom random = new SplittableRandom(42);
    List<String> shapes =
        List.of(
            "n%d",
            "n%03d.x",
            "me@r%d",
            "me@r%d:22",
            "10.0.0.%d",
            "a@10.1.%d.7:22",
            "2001:db8::%d",
            "[::%d]:22",
            "w%d-ib",
            "%d",
            "u%d@h",
            "h:%d",
            "fe80::%d%%eth0",
            "A%d.%1$d");
    for (int round = 0; round < 300; round++) {
      Set<String> names = new HashSet<>();
      for (int i = 0; i < 40; i++) {
        names.add(shapes.get(random.nextInt(shapes.size())).formatted(random.nextInt(1, 30)));
      }

      String folded = NodeNames.fold(names);

      assertEquals(names, new HashSet<>(List.of(names(where(folded)).split(" ", -1))), folded);
    }
  }
}
