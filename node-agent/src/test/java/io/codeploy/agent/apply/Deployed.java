package io.codeploy.agent.apply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.plan.OnDisk;
import io.codeploy.agent.plan.Planner;
import io.codeploy.agent.testing.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a deployment is to leave on the disk. */
final class Deployed {
  private Deployed() {}

  /** All of {@code tree} is at {@code root}, every byte and attribute of it. */
  static void assertHas(Path root, Tree tree) throws IOException {
    assertEquals(
        List.of(),
        new Planner(root, Optional.empty(), new DeployOptions(false, true), bytes -> {}, Set.of())
            .plan(tree.manifest())
            .changes());
    for (var content : tree.contents().entrySet()) {
      Path file = root.resolve(content.getKey().value());
      assertArrayEquals(content.getValue(), Files.readAllBytes(file));
      assertTrue(OnDisk.at(file) instanceof OnDisk.File f && f.mtime().equals(Tree.TIME));
    }
  }
}
