package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedNodesIT {
  private static final int RUNS = 200;

  @TempDir Path root;

  /** Runs of a process that has nodes of its own: all fail, every other one is well afterwards. */
  public static void main(String[] arguments) throws IOException {
    FailedNodes file = new FailedNodes(Path.of(arguments[0]));
    for (int i = 0; i < RUNS; i++) {
      List<Node> nodes = Node.of(arguments[1] + i, Map.of());
      file.update(List.of(), nodes);
      if (i % 2 == 1) {
        file.update(nodes, List.of());
      }
    }
  }

  @Test
  void keepsTheNodesOfAllRunsThatWriteItAtOnce() throws Exception {
    Path file = root.resolve("failed");
    List<String> names = List.of("a", "b", "c");
    List<Process> processes = new ArrayList<>();
    for (String name : names) {
      processes.add(process(file, name));
    }
    for (Process process : processes) {
      assertEquals(0, process.waitFor());
    }

    List<String> failed =
        names.stream()
            .flatMap(name -> IntStream.range(0, RUNS / 2).mapToObj(i -> name + 2 * i))
            .toList();
    assertEquals(new TreeSet<>(failed), new TreeSet<>(Files.readAllLines(file)));
  }

  private static Process process(Path file, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FailedNodesIT.class.getName(),
            file.toString(),
            name)
        .inheritIO()
        .start();
  }
}
