package io.codeploy.cli.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWalkTest {
  @TempDir private Path temporary;
  private TestTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = TestTree.in(temporary);
  }

  @Test
  void leavesOutWhatTheCommandLineAndIgnoreFilesSay() throws Exception {
    for (String path :
        List.of("a.o", "keep.o", "x/a.o", "x/keep.o", "build/out", "x/build", "x/y/z.log", "log")) {
      tree.text(path, "x");
    }
    tree.text(".codeployignore", "*.o\n!keep.o\nbuild/\n# a comment\n");
    tree.text("x/.codeployignore", "/y/*.log\n!a.o\n");

    Set<String> paths = paths(tree.scan(Delivery.CHUNKS, "/log", "keep.o", "!x/keep.o"));

    assertEquals(
        Set.of(".codeployignore", "x", "x/.codeployignore", "x/a.o", "x/keep.o", "x/build", "x/y"),
        paths);
  }

  @Test
  void tellsThePatternsInTheOrderInWhichTheyAreAsked() throws Exception {
    for (String path : List.of("", "a/", "a/b/", "c/", "out/")) {
      tree.text(path + ".codeployignore", "#\n/x" + path.length() + "\n");
    }

    assertEquals(
        List.of(" out/ !y", "a/b/ /x4", "a/ /x2", "c/ /x2", " /x0"),
        tree.scan(Delivery.CHUNKS, "out/", "!y").leftOut().stream()
            .map(one -> one.below() + " " + one.patterns().replace('\n', ' '))
            .toList());
  }

  @Test
  void matchesNamesWithLineBreaks() throws Exception {
    tree.text("line\nbreak.tmp", "x");
    tree.text("kept", "x");

    assertEquals(Set.of("kept"), paths(tree.scan(Delivery.CHUNKS, "*.tmp")));
  }

  @Test
  void takesDotFilesAndLeavesOutOfferedDirectoriesAtTheRootOnly() throws Exception {
    tree.text(".env", "x");
    tree.text("__codeploy_0123456789abcdef/m-x", "x");
    tree.text("deep/__codeploy_0123456789abcdef/m-x", "x");

    assertEquals(
        Set.of(
            ".env",
            "deep",
            "deep/__codeploy_0123456789abcdef",
            "deep/__codeploy_0123456789abcdef/m-x"),
        paths(tree.scan(Delivery.CHUNKS)));
  }

  @Test
  void leavesOutAllBelowADirectoryWhateverIsSaidOfIt() throws Exception {
    tree.text("cache/kept.txt", "x");
    tree.text("cache/.codeployignore", "!*\n");
    tree.text("public/index.php", "x");
    tree.text("public/notes.txt", "x");
    tree.text(".codeployignore", "\uFEFF*\n!*/\n!*.php\n!kept.txt\ncache/\n[\n");

    assertEquals(Set.of("public", "public/index.php"), paths(tree.scan(Delivery.CHUNKS)));
  }

  @Test
  void deploysADirectoryWithTheOneFileThatIsKept() throws Exception {
    tree.text("cache/.keep", "");
    tree.text("cache/page", "x");

    assertEquals(
        Set.of("cache", "cache/.keep"),
        paths(tree.scan(Delivery.CHUNKS, "/cache/*", "!/cache/.keep")));
  }

  @Test
  void refusesANameThatIsNotUtf8AndShowsItsBytes() throws Exception {
    Files.createDirectories(tree.dir().resolve("sub"));
    shell("touch \"$(printf 'sub/caf\\351')\"");

    String message = failure();

    assertTrue(message.contains("a name in " + tree.dir().resolve("sub")), message);
    assertTrue(message.contains("caf%E9"), message);
  }

  @Test
  void takesANameThatHoldsTheReplacementCharacterItself() throws Exception {
    tree.text("odd\uFFFD", "x");

    assertEquals(Set.of("odd\uFFFD"), paths(tree.scan(Delivery.CHUNKS)));
  }

  @Test
  void refusesALinkToANameThatIsNotUtf8() throws Exception {
    shell("ln -s \"$(printf 'caf\\351')\" link");

    assertTrue(failure().contains(tree.dir().resolve("link").toString()));
  }

  @Test
  void leavesOutAFifoWithAWarning() throws Exception {
    tree.text("kept", "x");
    shell("mkfifo pipe");

    ScannedTree scanned = tree.scan(Delivery.CHUNKS);

    assertEquals(Set.of("kept"), paths(scanned));
    assertEquals(1, scanned.warnings().size());
    assertTrue(scanned.warnings().get(0).contains("pipe is a FIFO"), scanned.warnings().get(0));
  }

  @Test
  void namesADirectoryThatIsMissingOrNone() throws Exception {
    Path file = tree.text("file", "x");
    for (Path dir : List.of(file, tree.dir().resolve("missing"))) {
      ScanRequest request = new ScanRequest(dir, List.of(), Delivery.WEB, tree.cacheDir());
      TreeScan scan = new TreeScan(java.time.InstantSource.system());

      String message =
          String.valueOf(assertThrows(ScanException.class, () -> scan.scan(request)).getMessage());

      assertTrue(message.startsWith(dir.toString()), message);
    }
  }

  @Test
  void followsNoLinkToADirectory() throws Exception {
    Files.createDirectories(temporary.resolve("outside/secret"));
    tree.link("link", "../outside");

    ScannedTree scanned = tree.scan(Delivery.CHUNKS);

    assertEquals(Set.of("link"), paths(scanned));
    assertFalse(scanned.manifest().entries().isEmpty());
    assertEquals(1, scanned.stats().links());
  }

  private String failure() {
    return String.valueOf(
        assertThrows(ScanException.class, () -> tree.scan(Delivery.CHUNKS)).getMessage());
  }

  private static Set<String> paths(ScannedTree scanned) {
    return TreeScanTest.paths(scanned.manifest());
  }

  private void shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(tree.dir().toFile()).inheritIO().start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
  }
}
