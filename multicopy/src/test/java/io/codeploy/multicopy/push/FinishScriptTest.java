package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.fanout.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishScriptTest {
  @TempDir Path directory;

  @Test
  void beatsFromFiftyEntriesOrAMebibyteOn() throws Exception {
    assertFalse(beats("one", 1, (1 << 20) - 1));
    assertTrue(beats("large", 1, 1 << 20));
    assertFalse(beats("some", 48, 1));
    assertTrue(beats("many", 49, 1));
  }

  @Test
  void letsTheOwnerReadWhatItDigestsAndThenNoMore() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Path closed = Files.write(tree.resolve("closed"), new byte[1]);
    Files.write(tree.resolve("open"), new byte[1]);
    Sources sources = new Sources(Exclusion.none(), Set.of(), TimeSource.system());
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("-w---x---"));
    NodeTree node = node(sources, tree);
    for (int i = 1; i < node.size(); i++) {
      sources.known(node.entry(i), "0".repeat(64));
    }

    List<String> lines =
        new FinishScript(List.of(node), "./.multicopy-x.1.here", true, sources)
            .lines()
            .filter(line -> line.contains("chmod") || line.contains("SUMS"))
            .toList();

    String file = " \"$s\"'/t/there/closed' 2>>\"$e\" || bad=1\n";
    assertEquals("chmod u+r" + file, lines.getFirst());
    assertEquals("chmod 210" + file, lines.getLast());
    assertEquals(4, lines.size(), "around the checks");
  }

  /** Whether it does for a directory with {@code files} in it. */
  private boolean beats(String name, int files, int bytes) throws Exception {
    Path tree = Files.createDirectories(directory.resolve(name));
    for (int i = 0; i < files; i++) {
      Files.write(tree.resolve("file" + i), new byte[bytes]);
    }
    Sources sources = new Sources(Exclusion.none(), Set.of(), TimeSource.system());
    NodeTree node = node(sources, tree);
    return new FinishScript(List.of(node), "./.multicopy-x.1.here", false, sources)
        .lines()
        .anyMatch(line -> line.contains("sleep 1"));
  }

  private static NodeTree node(Sources sources, Path tree) throws Exception {
    return new NodeTree(
        sources.tree(tree.toString()).orElseThrow(), 0, "there", Selection.plain(Exclusion.none()));
  }
}
