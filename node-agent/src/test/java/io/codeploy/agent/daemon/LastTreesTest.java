package io.codeploy.agent.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.chunkcache.chunk.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastTreesTest {
  private final LastTrees trees = new LastTrees();
  private final List<String> released = new ArrayList<>();

  @Test
  void holdsTheLastTwo() {
    add("a", "a");
    add("b", "b");
    add("c", "c");

    assertEquals(List.of("a"), released);
  }

  @Test
  void countsATreeThatWasDeployedAgainOnceAndAsTheLast() {
    add("a", "a, first");
    add("b", "b");
    add("a", "a, again");
    add("c", "c");

    assertEquals(List.of("a, first", "b"), released);
  }

  private void add(String tree, String name) {
    trees.add(Digest.of(tree.getBytes(UTF_8)), () -> released.add(name));
  }
}
