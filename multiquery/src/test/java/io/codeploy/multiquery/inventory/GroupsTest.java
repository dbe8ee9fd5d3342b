package io.codeploy.multiquery.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private static GroupSource knows(String group, String word) {
    return asked -> asked.equals(group) ? Optional.of(Node.of(word, Map.of())) : Optional.empty();
  }

  private final Groups groups =
      Groups.none()
          .with("first", knows("web", "w1"))
          .with("second", knows("web", "w2"))
          .with("third", knows("db", "d1"));

  private static String refusal(Groups groups, String name) {
    return String.valueOf(
        assertThrows(NodeListException.class, () -> groups.find(name)).getMessage());
  }

  @Test
  void asksSourcesInOrder() throws NodeListException {
    assertEquals("[w1]", groups.find("web").toString());
    assertEquals("[d1]", groups.find("db").toString());
  }

  @Test
  void asksTheSourceThatIsNamed() throws NodeListException {
    assertEquals("[w2]", groups.find("second:web").toString());
  }

  @Test
  void saysWhoDoesNotKnowAGroup() {
    assertEquals("no group is called lb in first, second, third", refusal(groups, "lb"));
    assertEquals("no group is called db in second", refusal(groups, "second:db"));
    assertEquals(
        "no source of groups is called nis; there are first, second, third",
        refusal(groups, "nis:web"));
    assertEquals(
        "second is where groups come from, and none; write second:GROUP",
        refusal(groups, "second"));
  }

  @Test
  void doesNotPassOverASourceThatCannotBeRead() {
    Groups broken =
        Groups.none()
            .with(
                "broken",
                group -> {
                  throw new NodeListException("line 3 is wrong");
                })
            .with("good", knows("web", "w1"));

    assertEquals("line 3 is wrong", refusal(broken, "web"));
  }
}
