package io.codeploy.multiquery.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web|web",
        "n[1-3]|n1 n2 n3",
        "n[01-03,40/2]|n01 n02 n03 n40",
        "n[08-11].x|n08.x n09.x n10.x n11.x",
        "n[8-11]|n8 n9 n10 n11",
        "n[098-101]|n098 n099 n100 n101",
        "n[0-6/3]|n0 n3 n6",
        "n[0-7/3]|n0 n3 n6",
        "n[5,1,5]|n5 n1 n5",
        "n[7]|n7",
        "n[0]|n0",
        "n[00]|n00",
        "n[a-c]|na nb nc",
        "n[A-E/2]|nA nC nE",
        "r[1-2]n[1-2]|r1n1 r1n2 r2n1 r2n2",
        "[1-2]|1 2",
        "me@n[1-2]:22|me@n1:22 me@n2:22",
        "h:[22-23]|h:22 h:23",
        "[::1]|[::1]",
        "[::1]:[22-23]|[::1]:22 [::1]:23",
        "u[1-2]@[fe80::1%eth0]:22|u1@[fe80::1%eth0]:22 u2@[fe80::1%eth0]:22",
        "n[999999999999999999]|n999999999999999999"
      })
  void expandsRanges(String word, String expanded) throws NodeListException {
    assertEquals(List.of(expanded.split(" ")), NodePattern.expand(word, NodeList.MAX_NODES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n[3-1]|\"3-1\" in \"n[3-1]\" does not rise",
        "n[1-9/0]|\"1-9/0\" in \"n[1-9/0]\" does not rise",
        "n[c-a]|\"c-a\" in \"n[c-a]\" does not rise",
        "n[Z-a]|\"Z-a\" in \"n[Z-a]\" does not rise",
        "n[1-010]|\"1-010\" in \"n[1-010]\" has numbers of different width",
        "n[01-010]|\"01-010\" in \"n[01-010]\" has numbers of different width",
        "n[]|\"\" in \"n[]\" is not a range; write 1-9, 01-32 or 0-40/2",
        "n[1,]|\"\" in \"n[1,]\" is not a range; write 1-9, 01-32 or 0-40/2",
        "n[1-]|\"1-\" in \"n[1-]\" is not a range; write 1-9, 01-32 or 0-40/2",
        "n[-1]|\"-1\" in \"n[-1]\" is not a range; write 1-9, 01-32 or 0-40/2",
        "n[1-x]|\"1-x\" in \"n[1-x]\" is not a range; write 1-9, 01-32 or 0-40/2",
        "n[1|\"n[1\" has a bracket without its other half; write n[1-9]",
        "n1]|\"n1]\" has a bracket without its other half; write n[1-9]",
        "n[1]]|\"n[1]]\" has a bracket without its other half; write n[1-9]"
      })
  void saysWhatIsWrongWithARange(String word, String message) {
    assertEquals(
        message,
        assertThrows(NodeListException.class, () -> NodePattern.expand(word, 9)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n[1-1000000000]",
        "n[0-999999999999999999]",
        "n[0-999999999999999999,0-999999999999999999,0-999999999999999999,0-999999999999999999]",
        "[1-100000][1-100000][1-100000][1-100000][1-100000]",
        "n[1-100001]"
      })
  void refusesMoreNodesThanAListMayHaveBeforeMakingThem(String word) {
    NodeListException refused =
        assertThrows(
            NodeListException.class, () -> NodePattern.expand(word, NodeList.MAX_NODES), word);

    assertEquals(
        Quoted.text(word) + " brings the list over 100000 nodes, its limit", refused.getMessage());
  }

  @Test
  void allowsAsManyNodesAsAListMayHave() throws NodeListException {
    List<String> most = NodePattern.expand("n[1-1000]-[0-99]", NodeList.MAX_NODES);

    assertEquals(NodeList.MAX_NODES, most.size());
    assertEquals("n1000-99", most.getLast());
  }
}
