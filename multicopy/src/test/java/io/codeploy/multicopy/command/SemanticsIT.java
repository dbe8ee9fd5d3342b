package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What arguments mean: each command of {@code semantics.txt}, run against a real server, and what
 * is new or different afterwards, on the node and here.
 */
class SemanticsIT {
  /** Files that are both on the node and here. */
  private static final List<String> EVERYWHERE = List.of("there/keep", "taken/file/in the way");

  private static final List<String> HERE =
      List.of("file", "tree/a.log", "tree/sub/c", "two words", "@x", "new@conf", "other/file");
  private static final List<String> NODE =
      List.of(
          "remote",
          "dir/a.log",
          "dir/b.log",
          "dir/sub/c",
          "dir/.hidden",
          "two words",
          "star*",
          "starry",
          "a/x",
          "b/x");

  private static final Pattern WORD = Pattern.compile("'[^']*'|[^ ]+");

  @TempDir Path directory;

  @Test
  void givesTheArgumentsTheirMeaning() throws IOException {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    String table = table();
    StringBuilder told = new StringBuilder(table.substring(0, table.indexOf("$ ")));
    try (SshNodes nodes = OpenSshNodes.start(directory.resolve("nodes"), 1)) {
      for (String line : table.lines().filter(line -> line.startsWith("$ ")).toList()) {
        told.append(line).append('\n').append(run(nodes, line.substring(2))).append('\n');
      }
    }
    assertEquals(table, told.toString());
  }

  private static String table() throws IOException {
    try (InputStream in = SemanticsIT.class.getResourceAsStream("semantics.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String run(SshNodes nodes, String command) throws IOException {
    SshNode node = nodes.nodes().getFirst();
    String name = nodes.listed(node);
    Path here = directory.resolve("here");
    make(here, HERE);
    Files.createDirectories(here.resolve(name));
    Files.writeString(here.resolve(name).resolve("conf"), "conf");
    Files.createSymbolicLink(here.resolve("way"), Path.of("tree"));
    make(node.home(), NODE);
    Files.createSymbolicLink(node.home().resolve("way"), Path.of("dir"));
    Files.createSymbolicLink(node.home().resolve("dir/link"), Path.of("a.log"));
    Map<String, String> hereBefore = tell(here);
    Map<String, String> nodeBefore = tell(node.home());

    PushRig.Result result =
        new PushRig(directory, nodes)
            .run(
                words(command).map(w -> w.replace("HERE", here.toString())).toArray(String[]::new));

    String text =
        complaint(result)
            + difference("here", hereBefore, tell(here))
            + difference("node", nodeBefore, tell(node.home()));
    return text.replace(here.toString(), "HERE").replace(name, "NODE");
  }

  /** Between blanks; a word with blanks is between single quotes. */
  private static Stream<String> words(String command) {
    return WORD.matcher(command).results().map(found -> found.group().replace("'", ""));
  }

  private static String complaint(PushRig.Result result) {
    String first = result.err().lines().findFirst().orElse("");
    return result.code().status() + (first.isEmpty() ? "" : ": " + first) + "\n";
  }

  private static void make(Path root, List<String> files) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    for (String file : Stream.concat(EVERYWHERE.stream(), files.stream()).toList()) {
      Path path = root.resolve(file);
      Files.createDirectories(root.resolve(file.replaceAll("/?[^/]*$", "")));
      Files.writeString(path, file);
    }
  }

  private static Map<String, String> tell(Path root) throws IOException {
    Map<String, String> told = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(path -> !path.equals(root)).toList()) {
        String name = root.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          told.put(name, " -> " + Files.readSymbolicLink(path));
        } else if (Files.isDirectory(path)) {
          told.put(name, "/");
        } else {
          told.put(name, ": " + Files.readString(path));
        }
      }
    }
    return told;
  }

  private static String difference(
      String where, Map<String, String> before, Map<String, String> after) {
    StringBuilder text = new StringBuilder();
    after.forEach(
        (name, what) -> {
          if (!what.equals(before.get(name))) {
            text.append(where).append(": ").append(name).append(what).append('\n');
          }
        });
    before.keySet().stream()
        .filter(name -> !after.containsKey(name))
        .forEach(name -> text.append(where).append(": ").append(name).append(" is gone\n"));
    return text.toString();
  }
}
