package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.multicopy.compress.Compression;
import io.codeploy.multicopy.compress.Squeezer;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.Reel;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the programs of this machine. */
class ReadBackTest {
  private static final int FILES = 2100;
  private static final TarHeaders HEADERS = new TarHeaders(true, false);

  @TempDir Path directory;

  private Path tree;
  private String seal = "";

  @BeforeEach
  void makeTree() throws Exception {
    assumeTrue(says("head --version").contains("GNU"), "no GNU head on this machine");
    assumeTrue(says("openssl version").startsWith("OpenSSL"), "no openssl on this machine");
    tree = Files.createDirectories(directory.resolve("tree"));
    for (String name :
        List.of("a/x", "a.txt", "a-b/y", "a b", "a/z/deep", "line\nbreak", "-v", "ü")) {
      Path file = tree.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    Files.writeString(tree.resolve("empty"), "");
    for (int i = 0; i < FILES; i++) {
      Path file = tree.resolve("many" + i % 7 + "/f" + i);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content of " + i);
    }
    Files.createSymbolicLink(tree.resolve("link"), Path.of("a.txt"));
    seal = seal();
  }

  /** What the stream of the tree is sealed with, as it is now. */
  private String seal() throws Exception {
    return seal(tree);
  }

  private static String seal(Path tree) throws Exception {
    Sources sources = new Sources(Exclusion.none(), Set.of(), TimeSource.system());
    NodeTree node =
        new NodeTree(
            sources.tree(tree.toString()).orElseThrow(),
            0,
            tree.getFileName().toString(),
            Selection.plain(Exclusion.none()));
    Squeezer squeezer = new Squeezer(Compression.NONE, program -> false, TimeSource.system());
    Reel reel = SharedTar.of(List.of(node), HEADERS, sources, squeezer).orElseThrow();
    try (InputStream in = new ReelInput(reel, new Progress())) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return reel.seal();
  }

  private String says(String script) throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", script)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream said = shell.getInputStream()) {
      return new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private boolean isTold() throws IOException {
    return ReadBack.isTold(says(ReadBack.SCRIPT), seal);
  }

  @Test
  void isWhatANodeReadsThatHasTheSame() throws IOException {
    assertEquals(64, seal.length());
    assertTrue(isTold(), says(ReadBack.SCRIPT));
  }

  @Test
  void isWhatANodeReadsWithTheLongestPathsThatPay() throws Exception {
    Path deep = ofPaths(ReadBack.LONGEST_PATH_BYTES);

    seal = seal(deep);
    assertEquals(64, seal.length());
    assertTrue(isTold(), says(ReadBack.SCRIPT));
  }

  @Test
  void isNoneWherePathsAreLonger() throws Exception {
    assertEquals("", seal(ofPaths(ReadBack.LONGEST_PATH_BYTES + 1)));
  }

  /** A directory in place of the tree, with many files whose paths, its name included, are long. */
  private Path ofPaths(int bytes) throws Exception {
    says("rm -rf tree");
    Path deep = directory.resolve("deep");
    Path parent = deep.resolve(("d".repeat(99) + "/").repeat(4));
    Files.createDirectories(parent);
    for (int i = 0; i < FILES; i++) {
      String name = "%04d".formatted(i);
      int before = directory.relativize(parent).toString().length() + 1;
      Files.writeString(parent.resolve(name + "f".repeat(bytes - before - 4)), name);
    }
    return deep;
  }

  @Test
  void isAnotherWhereAByteIs() throws IOException {
    Files.writeString(tree.resolve("many3/f3"), "content of 4");

    assertFalse(isTold());
  }

  @Test
  void isAnotherWhereContentsChangedPlaces() throws IOException {
    Path first = tree.resolve("many3/f3");
    Path second = tree.resolve("many4/f4");
    Path between = directory.resolve("tree/between");
    Files.move(first, between);
    Files.move(second, first);
    Files.move(between, second);

    assertFalse(isTold());
  }

  @Test
  void isAnotherWhereABorderMoved() throws IOException {
    Files.writeString(tree.resolve("a.txt"), "a.tx");
    Files.writeString(tree.resolve("a/x"), "ta/x");

    assertFalse(isTold());
  }

  @Test
  void isAnotherWhereAFileIsMissing() throws IOException {
    Files.delete(tree.resolve("empty"));

    assertFalse(isTold());
  }

  @Test
  void isAnotherWhereAFileIsTooMuch() throws IOException {
    Files.copy(tree.resolve("empty"), tree.resolve("empty2"), StandardCopyOption.REPLACE_EXISTING);

    assertFalse(isTold());
  }

  @Test
  void isNoneWhereNamesCannotBeSorted() {
    ReadBack readBack = new ReadBack();
    readBack.add("b", new byte[0], 0, 0);
    readBack.add("a", new byte[0], 0, 0);

    assertEquals("", readBack.seal());
    assertFalse(ReadBack.isTold("read  *stdin", ""));
  }
}
