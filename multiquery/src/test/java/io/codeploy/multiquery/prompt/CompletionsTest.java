package io.codeploy.multiquery.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.query.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionsTest {
  private PromptState state = PromptState.of(List.of(), View.GATHER, Limits.whole(Duration.ZERO));

  @BeforeEach
  void nodes() throws Exception {
    List<Node> nodes = NodeList.parse("test", "web1 site=fra\nweb2 site=fra\ndb1\n");
    state = PromptState.of(nodes, View.GATHER, Limits.whole(Duration.ZERO));
  }

  private Completions completions(String before) {
    return Completions.of(before, state, Set.of("all", "web"));
  }

  /** Those that begin with the last word, as a line editor would show them. */
  private String matching(String before) {
    String word = before.substring(before.lastIndexOf(' ') + 1);
    return completions(before).texts().stream()
        .filter(text -> text.startsWith(word))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":h | :help :history",
        ":us | :use",
        ":view g | :view gather gather-all",
        ":use w | web1 web2",
        ":use web1,d | web1,db1",
        ":use @ | @all @site=fra @web",
        ":use @w | @web",
        ":use web*!w | web*!web1 web*!web2",
        ":use web*!fa | web*!failed",
        ":use web*&!fa | web*&!failed",
        ":use !fa | !failed",
        ":use db1 w | web1 web2",
        ":us w | web1 web2",
        ":nodes d | db1",
        ":reconnect d | db1",
        ":on w | web1 web2",
        "@w | @web",
        "@web!s | @web!slow",
        "!u | !unreachable",
      })
  void completesTheLastWord(String before, String texts) {
    assertEquals(texts.replaceFirst("^:view (?=gather)", ""), matching(before));
  }

  @ParameterizedTest
  @ValueSource(strings = {"upt", "echo w", "echo :h", ":on web1 w", ":quit w", ":x w", ": w"})
  void leavesCommandsOfNodesAlone(String before) {
    assertEquals("", matching(before));
  }

  @Test
  void closesWhatCannotGoOn() {
    assertTrue(completions(":us").closed());
    assertTrue(!completions(":use w").closed());
  }

  @Test
  void knowsTheResultSetsOfTheLastRun() {
    state = state.after(new LastRun(List.of(Ran.ended("web1", 7, 1, "x")), 5));

    assertEquals("!slow !status=7", matching(":use !s"));
    assertEquals("!1", matching(":use !1"));
  }
}
