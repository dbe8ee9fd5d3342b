package io.codeploy.multiquery.node;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeListTest {
  @TempDir Path directory;

  @Test
  void readsHostsCommentsAndBlankLines() throws IOException {
    List<Node> nodes =
        NodeList.parse("list", "# all\n\n  Web1.Example  \nweb2 # the other\r\nweb2\n");

    assertEquals(List.of("Web1.Example", "web2", "web2"), nodes.stream().map(Node::name).toList());
  }

  @Test
  void readsUserPortAndLabels() throws IOException {
    Node node = NodeList.parse("list", "admin@web1:2222 site=fra weight=2").getFirst();

    assertEquals(
        new Node(
            "admin@web1:2222",
            "web1",
            Optional.of("admin"),
            OptionalInt.of(2222),
            Map.of("site", "fra", "weight", "2")),
        node);
    assertEquals(Optional.of("fra"), node.site());
  }

  @Test
  void readsIpv6WithAndWithoutPort() throws IOException {
    List<Node> nodes = NodeList.parse("list", "[2001:db8::1]:2222\n2001:db8::2\nme@[::1]\n");

    assertEquals(
        List.of("2001:db8::1", "2001:db8::2", "::1"), nodes.stream().map(Node::host).toList());
    assertEquals(OptionalInt.of(2222), nodes.getFirst().port());
    assertEquals(OptionalInt.empty(), nodes.get(1).port());
    assertEquals(Optional.of("me"), nodes.get(2).user());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-oProxyCommand=x",
        "@web",
        "web:",
        "web:0",
        "web:65536",
        "web:x",
        "[::1",
        "a b",
        "..",
        "a/b",
        "a,b",
        "a*",
        "$(id)",
        "a;b",
        "'a'",
        "^a",
        "a!b",
        "a\u0007",
        "a\u001b[31m",
        "a\u202eb",
        "a:1:2",
        "[web]:22",
        "[1]:22:33",
        "-a@web",
        "a\\@web",
        ":22",
        "web host=a/b",
        "web host=-x",
        "me@web user=you",
        "web user=-x",
        "web:1 port=2",
        "web port=x",
        "web port=0",
        "web a=1 a=2",
        "n[1-2",
        "web =x"
      })
  void namesTheLineThatIsNoNode(String line) {
    NodeListException refused =
        assertThrows(NodeListException.class, () -> NodeList.parse("list", "ok\n" + line + "\n"));

    assertTrue(String.valueOf(refused.getMessage()).startsWith("list, line 2: "));
  }

  @Test
  void refusesAListWithoutANode() throws IOException {
    Path empty = Files.writeString(directory.resolve("nodes"), "# nobody\n");

    NodeListException refused = assertThrows(NodeListException.class, () -> NodeList.read(empty));

    assertEquals(
        "node list " + empty + " names no node; put one host a line", refused.getMessage());
  }

  @Test
  void saysWhichFileIsMissing() {
    Path missing = directory.resolve("missing");

    NodeListException refused = assertThrows(NodeListException.class, () -> NodeList.read(missing));

    assertEquals("node list " + missing + " does not exist", refused.getMessage());
  }

  @Test
  void namesANodeExactlyAsListed() throws IOException {
    String list =
        """
        Web1.Example
        admin@web1:2222
        [2001:db8::1]
        me@[2001:DB8::1]:22
        fe80::1%eth0
        CORP\\me@me@web
        bücher.example
        """;

    List<Node> nodes = NodeList.parse("list", list);

    assertEquals(list.strip().lines().toList(), nodes.stream().map(Node::name).toList());
    assertEquals(list.strip().lines().toList(), nodes.stream().map(Node::line).toList());
    assertEquals(
        List.of(
            "Web1.Example",
            "web1",
            "2001:db8::1",
            "2001:DB8::1",
            "fe80::1%eth0",
            "web",
            "bücher.example"),
        nodes.stream().map(Node::host).toList());
    assertEquals(Optional.of("CORP\\me@me"), nodes.get(5).user());
  }

  @Test
  void readsTheExampleOfTheFormatPage() throws IOException {
    List<String> blocks = examples();

    List<Node> nodes = NodeList.parse("page", blocks.getFirst());

    String lines = nodes.stream().map(node -> node.line() + "\n").collect(joining());
    assertEquals(blocks.getLast(), lines);
    assertEquals(nodes, NodeList.parse("again", lines));
    Node db = nodes.get(nodes.size() - 2);
    assertEquals(new Node("db", "10.0.0.9", Optional.empty(), OptionalInt.of(2022), Map.of()), db);
  }

  /** The two indented blocks of the page's example. */
  private static List<String> examples() throws IOException {
    String page = Files.readString(Path.of("../docs/formats/node-list.md"));
    String example = page.substring(page.indexOf("### Example"), page.indexOf("## Expressions"));
    return Stream.of(example.split("\n(?! {4})"))
        .filter(block -> block.contains("    "))
        .map(block -> block.substring(block.indexOf("    ")).stripIndent())
        .map(block -> block.endsWith("\n") ? block : block + "\n")
        .toList();
  }

  @Test
  void readsEveryKindOfLineEndAndAByteOrderMark() throws IOException {
    Path list = Files.writeString(directory.resolve("nodes"), "\uFEFFa\r\n\tb\rc\n\n\rd # last");

    assertEquals("[a, b, c, d]", NodeList.read(list).toString());
  }

  @Test
  void takesInOtherListsRelativeToTheIncludingOne() throws IOException {
    Files.createDirectory(directory.resolve("sub dir"));
    Files.writeString(directory.resolve("sub dir/more"), "b\n#include ../last\nc site=x");
    Files.writeString(directory.resolve("last"), "z\n");
    Path list =
        Files.writeString(
            directory.resolve("nodes"),
            "a\n #include  sub dir/more \n#include last\n# include nothing\n#includes no\nd");

    assertEquals("[a, b, z, c, z, d]", NodeList.read(list).toString());
  }

  @Test
  void refusesAListThatIncludesItself() throws IOException {
    Path list = Files.writeString(directory.resolve("nodes"), "#include other\n");
    Path other = Files.writeString(directory.resolve("other"), "a\n#include ./nodes\n");

    NodeListException refused = assertThrows(NodeListException.class, () -> NodeList.read(list));

    assertEquals(
        "%s, line 1: %s, line 2: node list %s includes itself"
            .formatted(list, other, directory.resolve("./nodes")),
        refused.getMessage());
  }

  @Test
  void saysWhereAMissingListIsIncluded() throws IOException {
    Path list = Files.writeString(directory.resolve("nodes"), "a\n#include gone\n");

    NodeListException refused = assertThrows(NodeListException.class, () -> NodeList.read(list));

    assertEquals(
        list + ", line 2: node list " + directory.resolve("gone") + " does not exist",
        refused.getMessage());
  }

  @Test
  void refusesIncludesThatAreNestedTooDeep() throws IOException {
    for (int i = 0; i < 20; i++) {
      Files.writeString(directory.resolve("l" + i), "n" + i + "\n#include l" + (i + 1) + "\n");
    }

    NodeListException refused =
        assertThrows(NodeListException.class, () -> NodeList.read(directory.resolve("l0")));
    assertTrue(
        String.valueOf(refused.getMessage()).endsWith("#include is nested deeper than 16"),
        refused.getMessage());
    Files.writeString(directory.resolve("l15"), "last\n");
    assertEquals(16, NodeList.read(directory.resolve("l0")).size());
  }

  @Test
  void refusesFilesThatIncludeEachOtherOverAndOver() throws IOException {
    for (int i = 0; i < 12; i++) {
      Files.writeString(directory.resolve("l" + i), ("#include l" + (i + 1) + "\n").repeat(10));
    }
    Files.writeString(directory.resolve("l12"), "");

    NodeListException refused =
        assertThrows(NodeListException.class, () -> NodeList.read(directory.resolve("l0")));

    assertTrue(
        String.valueOf(refused.getMessage()).endsWith("a node list of more than 1000 files"),
        refused.getMessage());
  }

  @Test
  void countsTheNodesOfAllLines() {
    String lines = "n[1-60000]\nm[1-40000]\n";

    NodeListException refused =
        assertThrows(NodeListException.class, () -> NodeList.parse("list", lines + "one\n"));

    assertEquals("list, line 3: a list of more than 100000 nodes", refused.getMessage());
    NodeListException range =
        assertThrows(NodeListException.class, () -> NodeList.parse("list", lines + "r[1-2]\n"));
    assertEquals(
        "list, line 3: \"r[1-2]\" brings the list over 100000 nodes, its limit",
        range.getMessage());
  }

  @Test
  void refusesAFileWithoutEnd() {
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless), "needs /dev/zero");

    NodeListException refused = assertThrows(NodeListException.class, () -> NodeList.read(endless));

    assertEquals("node list /dev/zero is longer than 16 MiB", refused.getMessage());
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Path utf16 = Files.write(directory.resolve("nodes"), "\uFEFFa\n".getBytes(UTF_16LE));

    NodeListException refused = assertThrows(NodeListException.class, () -> NodeList.read(utf16));

    assertEquals("node list " + utf16 + " is not a text in UTF-8", refused.getMessage());
  }

  @Test
  void showsNoControlCharacterAndNoNovelInAMessage() {
    NodeListException refused =
        assertThrows(
            NodeListException.class,
            () -> NodeList.parse("list", "\u001b[2Ja" + "x".repeat(1_000)));

    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("list, line 1: \"?[2Jaxxx"), message);
    assertTrue(message.length() < 200, message);
  }

  @Test
  void refusesANameThatIsNoComponentOfAPath() throws IOException {
    assertEquals(1, NodeList.parse("list", "x".repeat(255)).size());
    NodeListException refused =
        assertThrows(NodeListException.class, () -> NodeList.parse("list", "ü".repeat(128)));

    assertTrue(
        String.valueOf(refused.getMessage()).endsWith("is longer than 255 bytes"),
        refused.getMessage());
  }

  @Test
  void readsWhatProgramsPrint() throws IOException {
    String printed = "n1 n2,n[3-4,6] # these\n\n  me@web:22 site=fra weight=2 last\n";

    List<Node> nodes = NodeList.parseOutput("standard input", printed);

    assertEquals("[n1, n2, n3, n4, n6, me@web:22, last]", nodes.toString());
    assertEquals(Map.of("site", "fra", "weight", "2"), nodes.get(5).labels());
    assertEquals(Map.of(), nodes.get(6).labels());
  }

  @Test
  void includesNothingFromAText() {
    NodeListException refused =
        assertThrows(
            NodeListException.class, () -> NodeList.parse("list", "#include /etc/passwd\n"));

    assertEquals("list, line 1: only a file can #include another one", refused.getMessage());
  }

  @Test
  void readsTenThousandNodes() throws IOException {
    String list =
        IntStream.rangeClosed(1, 10_000)
            .mapToObj("user@node%05d.example:22 site=s\n"::formatted)
            .collect(joining());

    List<Node> nodes = NodeList.parse("list", list);

    assertEquals(10_000, nodes.size());
    String names = NodeNames.fold(nodes.stream().map(Node::name).toList());
    assertEquals("user@node[00001-10000].example:22", names);
    assertEquals(
        nodes.stream().map(Node::name).toList(), NodePattern.expand(names, NodeList.MAX_NODES));
  }
}
