package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/acceptance.md claims. */
class AcceptanceListTest {
  private static final Pattern ROW =
      Pattern.compile("\\| (.+) \\| ([a-z-]+) \\| `(\\w+)#(\\w+)` \\|");

  private static final Path ROOT =
      Files.exists(Path.of("../docs/acceptance.md")) ? Path.of("..") : Path.of("");

  @Test
  void everyTestOfTheListExists() throws IOException {
    List<String> rows =
        Files.readAllLines(ROOT.resolve("docs/acceptance.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| behaviour"))
            .toList();

    assertTrue(rows.size() > 30, "the list is found");
    assertEquals(List.of(), rows.stream().filter(row -> !holds(row)).toList());
  }

  private static boolean holds(String row) {
    var cells = ROW.matcher(row);
    if (!cells.matches()) {
      return false;
    }
    Pattern test =
        Pattern.compile(
            "@(Parameterized)?Test\\b(?:(?!\\n  \\}\\n).)*?\\n  void " + cells.group(4) + "\\(",
            Pattern.DOTALL);
    try (Stream<Path> files = Files.walk(ROOT.resolve(cells.group(2)).resolve("src/test/java"))) {
      List<Path> classes = files.filter(file -> file.endsWith(cells.group(3) + ".java")).toList();
      return classes.size() == 1 && test.matcher(Files.readString(classes.getFirst())).find();
    } catch (IOException e) {
      return false;
    }
  }
}
