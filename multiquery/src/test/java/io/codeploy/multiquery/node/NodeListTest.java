package io.codeploy.multiquery.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
            "web1",
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
        "a/b"
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
}
