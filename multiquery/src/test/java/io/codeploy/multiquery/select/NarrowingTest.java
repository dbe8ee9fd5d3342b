package io.codeploy.multiquery.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.inventory.LabelGroups;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NarrowingTest {
  private static final List<Node> ALL =
      nodes("web[1-3] site=fra", "root@web4:2222 site=fra", "db[1-2]", "failed");
  private static final List<Node> CURRENT =
      ALL.stream().filter(node -> node.name().matches("web[12]|db1")).toList();
  private static final Groups GROUPS =
      Groups.none()
          .with("list", new LabelGroups(() -> ALL))
          .with(
              "dsh",
              group -> group.equals("big") ? Optional.of(nodes("db2", "elsewhere")) : empty());

  private static Optional<List<Node>> empty() {
    return Optional.empty();
  }

  private static List<Node> nodes(String... lines) {
    try {
      return NodeList.parse("test", String.join("\n", lines));
    } catch (NodeListException e) {
      throw new AssertionError(e);
    }
  }

  /** web2 and db2 failed; web3 was slow; nobody had status 3. */
  private static final ResultSets RESULTS =
      new ResultSets() {
        @Override
        public boolean knows(String name) {
          return List.of("failed", "slow", "status=3", "1").contains(name);
        }

        @Override
        public List<Node> find(String name) {
          return switch (name) {
            case "failed" -> nodes("web2", "db2");
            case "slow" -> nodes("web3");
            case "1" -> nodes("web1");
            default -> List.of();
          };
        }

        @Override
        public String reminder() {
          return "; sets are !failed, !slow";
        }
      };

  private static String choose(String expression) throws NodeListException {
    return new Narrowing(GROUPS, RESULTS)
        .choose(expression, ALL, CURRENT).stream().map(Node::name).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web1 | web1",
        "db1,web1 | web1 db1",
        "web* | web1 web2 web3 root@web4:2222",
        "* | web1 web2 web3 root@web4:2222 db1 db2 failed",
        "web4 | root@web4:2222",
        "WEB4 | root@web4:2222",
        "root@web4:2222 | root@web4:2222",
        "@site=fra | web1 web2 web3 root@web4:2222",
        "site=fra | web1 web2 web3 root@web4:2222",
        "@big | db2",
        "web[1-3]!web2 | web1 web3",
        "web* & @site=fra & web1 | web1",
        "web1,db1^db1,db2 | web1 db2",
        "-web1 | web2 db1",
        "/^web/ | web1 web2",
        "*,-web* | db1 db2 failed",
      })
  void choosesAmongTheNodesThatThereAre(String expression, String nodes) throws Exception {
    assertEquals(nodes, choose(expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!failed | web2 db2",
        "!failed,!slow | web2 web3 db2",
        "web*,!failed | web1 web2 web3 root@web4:2222 db2",
        "web*!failed | web1 web3 root@web4:2222",
        "web* ! failed | web1 web3 root@web4:2222",
        "web*!!failed | web1 web3 root@web4:2222",
        "web* !failed | web1 web3 root@web4:2222",
        "web*&!failed | web2",
        "!failed!db2 | web2",
        "!failed!slow!1 | web2 db2",
        "!failed^!slow,!1 | web1 web2 web3 db2",
        "!failed&web* | web2",
        "-!failed | web1 db1",
        "*!status=3 | web1 web2 web3 root@web4:2222 db1 db2 failed",
        "failed | failed",
        "*,-failed,-web* | db1 db2",
        "web[1-2]!1 | web2",
      })
  void takesResultSetsForNodes(String expression, String nodes) throws Exception {
    assertEquals(nodes, choose(expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wbe1 | \"wbe1\": no node here is called wbe1",
        "web[1-9] | \"web[1-9]\": no node here is called web[5-9]",
        "web1!web9 | \"web1!web9\": no node here is called web9",
        "admin@web4 | \"admin@web4\": no node here is called admin@web4",
        "!status=3 | \"!status=3\": means no node here",
        "web1!web1 | \"web1!web1\": means no node here",
        "nothing* | \"nothing*\": means no node here",
        "@nowhere | \"@nowhere\": no group is called nowhere in list, dsh",
        "!other | \"!other\": ! has nothing on its left; sets are !failed, !slow",
        "- | \"-\": there is no standard input to take nodes from",
        "&web1 | \"&web1\": & has nothing on its left; sets are !failed, !slow",
        "/( | \"/(\": \"/(\" is no /regex/; write ^/( for a file",
      })
  void tellsWhatItCannotTake(String expression, String why) {
    assertEquals(why, complaint(expression));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"!", "!!", "!failed!", "!failed&", ",", "", "web1!!", "^", "[", "!failed,^"})
  void refusesWhatIsIncomplete(String expression) {
    assertThrows(NodeListException.class, () -> choose(expression));
  }

  @Test
  void keepsTheMeaningOfTheCommandLineWhereThereAreNoResultSets() throws Exception {
    Expression expression = ExpressionParser.parse("a,!failed");

    assertEquals(Operator.DIFFERENCE, expression.operands().getLast().operator());
    assertEquals(new Term.Word("failed"), expression.operands().getLast().term());
  }

  private static String complaint(String expression) {
    return String.valueOf(
        assertThrows(NodeListException.class, () -> choose(expression)).getMessage());
  }
}
