package io.codeploy.chunkcache.ignore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks git about the same patterns and the same tree. */
class IgnoreRulesGitTest {
  private static final int ROUNDS = 400;
  private static final List<String> NAMES =
      List.of(
          "a", "b", "ab", "ba", "aab", "a.b", "a-b", "a b", "a ", " a", ".a", "-", "1", "A", "[",
          "]", "!a", "#a", "^", "\\", "a\\b", "*", "?", "a+", "{a}", "$", "(a)", "a|b", "[ab]");

  /** Parts of patterns, with commas between them; what is frequent is here more than once. */
  private static final List<String> PIECES =
      List.of(
          """
          a,a,a,b,b,/,/,/,/,*,*,*,**/,/**/,/**,?,?,.,-, ,1,\\,[,],!,#,^,+,$,|,{,},(,),\
          [ab],[!a],[^a-b],[]a],[a-],[--a],[\\]-a],[a/b],[[:alpha:]],[[:punct:]-b],[[:space:]1],\
          [[:b],[[:x:]],\\*,\\[,\\ ,\\a"""
              .split(","));

  /**
   * What git takes otherwise than its manual says: two stars behind the beginning of a name as if
   * they were all of the name, and an escaped slash behind two stars as if it were none.
   */
  private static final Pattern DOUBTFUL =
      Pattern.compile("!?[^*?\\[\\\\]*[^*?\\[\\\\/]\\*\\*+(/.*|\\\\/.*|)|.*\\*\\*\\\\/.*");

  @TempDir private Path root;

  /** Paths, parents first, and which of them are directories. */
  private final Map<String, Boolean> tree = new TreeMap<>();

  private final Random random = new Random(20);

  @Test
  void leaveOutWhatGitLeavesOut() throws Exception {
    run(List.of("init", "-q"), "");
    make("", 0);
    String below = tree.keySet().stream().filter(tree::get).findFirst().orElseThrow() + "/";
    for (int round = 0; round < ROUNDS; round++) {
      IgnorePatterns top = new IgnorePatterns("", lines());
      IgnorePatterns nested = new IgnorePatterns(below, round % 2 == 0 ? "" : lines());
      for (IgnorePatterns patterns : List.of(top, nested)) {
        Files.writeString(root.resolve(patterns.below() + ".gitignore"), patterns.patterns());
      }
      assertEquals(ofGit(), ofOurs(top, nested), () -> top + "\n" + nested);
    }
  }

  @Test
  void haveTheClassesOfCharactersOfGit() throws Exception {
    run(List.of("init", "-q"), "");
    IntStream.range(1, 128).filter(c -> c != '/').forEach(c -> tree.put("x" + (char) c, false));
    for (String name :
        List.of(
            "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
            "space", "upper", "xdigit")) {
      IgnorePatterns patterns = new IgnorePatterns("", "x[[:" + name + ":]]\n");
      Files.writeString(root.resolve(".gitignore"), patterns.patterns());
      assertEquals(ofGit(), ofOurs(patterns), name);
    }
  }

  private void make(String below, int depth) throws IOException {
    Files.createDirectories(root.resolve(below));
    for (int i = 0; i < NAMES.size(); i++) {
      String path = below + NAMES.get(i);
      boolean directory = depth < 2 && (i + depth) % 8 == 0;
      tree.put(path, directory);
      if (directory) {
        make(path + "/", depth + 1);
      } else {
        Files.createFile(root.resolve(path));
      }
    }
  }

  private String lines() {
    return IntStream.rangeClosed(0, random.nextInt(5))
        .mapToObj(i -> line())
        .filter(line -> !DOUBTFUL.matcher(line).matches())
        .collect(Collectors.joining("\n"));
  }

  private String line() {
    return (random.nextInt(4) == 0 ? "!" : "")
        + IntStream.rangeClosed(0, random.nextInt(5))
            .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
            .collect(Collectors.joining());
  }

  private Set<String> ofOurs(IgnorePatterns top, IgnorePatterns... nested) {
    List<IgnorePatterns> inOrder = new ArrayList<>(List.of(nested));
    inOrder.add(top);
    IgnoreRules rules = IgnoreRules.of(inOrder);
    Set<String> ignored = new TreeSet<>();
    tree.forEach(
        (path, directory) -> {
          String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
          if (ignored.contains(parent) || rules.verdict(path, directory).orElse(false)) {
            ignored.add(path);
          }
        });
    return ignored;
  }

  private Set<String> ofGit() throws IOException, InterruptedException {
    String output =
        run(
            List.of("check-ignore", "--no-index", "-z", "--stdin"),
            String.join("\0", tree.keySet()) + "\0");
    return new TreeSet<>(output.isEmpty() ? List.of() : List.of(output.split("\0")));
  }

  private String run(List<String> arguments, String input)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(arguments);
    Path stdin = Files.writeString(root.resolve(".git-input"), input);
    Path stdout = root.resolve(".git-output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectInput(stdin.toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("HOME", root.toString());
    builder.environment().put("XDG_CONFIG_HOME", root.toString());
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("GIT_CEILING_DIRECTORIES", String.valueOf(root.getParent()));
    int status = start(builder).waitFor();
    // It is 1 where nothing is ignored.
    assertEquals(0, status & ~1, () -> command + " ended with " + status);
    return Files.readString(stdout, StandardCharsets.UTF_8);
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      return abort("no git here: " + e.getMessage());
    }
  }
}
