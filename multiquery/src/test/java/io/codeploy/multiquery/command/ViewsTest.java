package io.codeploy.multiquery.command;

import static io.codeploy.multiquery.testing.ScriptedConnector.fails;
import static io.codeploy.multiquery.testing.ScriptedConnector.refuses;
import static io.codeploy.multiquery.testing.ScriptedConnector.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options on what is shown, what is left behind, and how the command exits. */
class ViewsTest {
  /** What a program asks for that leaves it to the umask. */
  private static final FileAttribute<Set<PosixFilePermission>> RW_FOR_ALL =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

  @TempDir Path home;

  private final ManualTime time = new ManualTime();
  private ScriptedConnector connector = new ScriptedConnector();
  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void openATerminal() throws IOException {
    terminal = new Terminal(home).exportNodes("n1", "n2", "n3").export("MQ_ORDER", "1");
    connector
        .with("n1", says("a\nb", "warn", 0))
        .with("n2", says("a\nb", "", 7))
        .with("n3", refuses(new NodeFailure.Unreachable("no route")));
  }

  private int type(String... arguments) {
    return terminal.multiquery((login, first) -> connector, time, arguments).status();
  }

  private static final String SUMMARY =
      "multiquery: 1 ok, 1 unreachable (n3), 1 exit status 7 (n2), 0.0 s\n";

  private void assertPrinted(String out, String err) {
    assertEquals(out, terminal.out());
    assertEquals(err, terminal.err());
  }

  @Test
  void prefixesLines() {
    assertEquals(5, type("--prefix", "x"));
    assertPrinted(
        "n1: a\nn1: b\nn2: a\nn2: b", "n1: warn\nn2: exit status 7\nn3: no route\n" + SUMMARY);
  }

  @Test
  void gathersOutputs() {
    assertEquals(5, type("-b", "x"));
    assertPrinted(
        block("n[1-2] (2)", "a\nb"), "n1: warn\nn2: exit status 7\nn3: no route\n" + SUMMARY);
  }

  @Test
  void gathersBothOutputs() {
    assertEquals(5, type("-B", "x"));
    assertPrinted(
        block("n[1-2] (2)", "a\nb"),
        block("n1 (1)", "warn\n")
            + block("n2 (1)", "")
            + "n2: exit status 7\nn3: no route\n"
            + SUMMARY);
  }

  private static String block(String nodes, String output) {
    return "---------------\n" + nodes + "\n---------------\n" + output;
  }

  @Test
  void showsDifferences() {
    connector.with("n2", says("a\nc\n", "", 0)).with("n3", says("a\nb", "", 0));
    assertEquals(0, type("--diff", "x"));
    assertPrinted(
        block("n[1,3] (2)", "a\nb\n")
            + "--- n[1,3] (2)\n+++ n2 (1)\n@@ -1,2 +1,2 @@\n a\n"
            + "-b\n\\ No newline at end of output\n+c\n",
        "n1: warn\n");
  }

  @Test
  void isLiveAndGatheredInOneRun() {
    assertEquals(5, type("--prefix", "-b", "x"));
    assertPrinted(
        "n1: a\nn1: b\nn2: a\nn2: b\n" + block("n[1-2] (2)", "a\nb"),
        "n1: warn\nn2: exit status 7\nn3: no route\n" + SUMMARY);
  }

  @Test
  void printsJson() {
    assertEquals(5, type("--json", "x"));
    assertEquals(4, terminal.out().lines().count(), terminal.out());
    assertTrue(terminal.out().contains("\"node\":\"n1\",\"rank\":0,\"outcome\":\"succeeded\""));
    assertEquals(SUMMARY, terminal.err());
  }

  @Test
  void writesFilesBesidesWhatItShows() throws IOException {
    Path out = home.resolve("results/out");
    Path err = home.resolve("results/err");
    assertEquals(5, type("--outdir", out.toString(), "--errdir", err.toString(), "-q", "x"));
    assertPrinted("", "");
    assertEquals("a\nb", Files.readString(out.resolve("n1")));
    assertEquals("a\nb", Files.readString(out.resolve("n2")));
    assertEquals("", Files.readString(out.resolve("n3")));
    assertEquals("warn", Files.readString(err.resolve("n1")));

    assertEquals(5, type("--outdir", out.toString(), "x"));
    assertTrue(terminal.out().startsWith("n1: 3 bytes\na\nb\n"), terminal.out());
  }

  @Test
  void tellsOfAFileThatCannotBeWritten() throws IOException {
    Path out = Files.createDirectories(home.resolve("out"));
    Files.createDirectories(out.resolve("n1/in the way"));
    connector.with("n2", says("", "", 0)).with("n3", says("", "", 0));
    assertEquals(2, type("--outdir", out.toString(), "-q", "x"));
    String complaint = "multiquery: output of n1 cannot be written to " + out + ": ";
    assertTrue(terminal.err().startsWith(complaint), terminal.err());
    assertFalse(terminal.err().contains("Exception"), terminal.err());
  }

  @Test
  void leavesTheSummaryOut() {
    assertEquals(5, type("--no-summary", "-b", "x"));
    assertEquals("n1: warn\nn2: exit status 7\nn3: no route\n", terminal.err());
  }

  @Test
  void takesItsOptionsFromTheEnvironment() {
    terminal.export("MQ_GATHER", "1").export("MQ_NO_SUMMARY", "1");
    assertEquals(5, type("x"));
    assertPrinted(block("n[1-2] (2)", "a\nb"), "n1: warn\nn2: exit status 7\nn3: no route\n");
  }

  @ParameterizedTest
  @CsvSource({"--json,--prefix", "--json,-b", "--json,--diff", "--diff,-b", "--diff,-B"})
  void refusesViewsThatDoNotGoTogether(String one, String other) {
    assertEquals(2, type(one, other, "x"));
    assertTrue(terminal.err().contains("drop one of them"), terminal.err());
  }

  @Test
  void showsPartsWhenInterrupted() throws Exception {
    terminal.exportNodes("n1", "n2").export("MQ_ORDER", "0");
    CountDownLatch running = new CountDownLatch(1);
    connector.with(
        "n2",
        (out, err, limit) -> {
          out.write("part".getBytes(StandardCharsets.UTF_8));
          running.countDown();
          new CountDownLatch(1).await();
          return new ExitStatus.Exited(0);
        });
    var call = Interruptible.start(() -> type("--maxload", "1", "-b", "x"));
    running.await();
    call.interrupt();

    assertEquals(130, call.end().value());
    assertPrinted(
        block("n1 (1)", "a\nb\n") + block("n2 (1), incomplete", "part"),
        "n1: warn\nmultiquery: 1 ok, 1 not done (n2), 0.0 s\n");
  }

  @Test
  void exitsWithTheLargestRemoteStatus() throws IOException {
    terminal.exportNodes("n1", "n2");
    assertEquals(7, type("-S", "x"));
    connector.with("n1", says("", "", 42));
    assertEquals(42, type("-S", "x"));
    connector.with("n1", says("", "", 0)).with("n2", says("", "", 0));
    assertEquals(0, type("-S", "x"));
    connector.with("n1", (out, err, limit) -> new ExitStatus.Signalled("KILL"));
    assertEquals(137, type("-S", "x"));
    connector.with("n2", fails("", new NodeFailure.TimedOut("command", Duration.ofSeconds(1))));
    assertEquals(255, type("-S", "x"));
  }

  private Path failedNodes() {
    return home.resolve("failed");
  }

  private int retry(String... more) {
    String[] options = {"--failed-nodes", failedNodes().toString(), "-q"};
    return type(Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private List<String> failed() throws IOException {
    return Files.readAllLines(failedNodes());
  }

  @Test
  void writesFailedNodesAndRetriesThemUntilNoneIsLeft() throws IOException {
    terminal.exportNodes("n1", "me@n2:2222  site=fra weight=2", "n3", "[2001:db8::1]:23");
    connector.with("me@n2:2222", says("", "", 7)).with("[2001:db8::1]:23", says("", "", 1));
    assertEquals(5, retry("x"));
    assertEquals(List.of("me@n2:2222 site=fra weight=2", "n3", "[2001:db8::1]:23"), failed());

    connector = new ScriptedConnector();
    connector.with("me@n2:2222", says("", "", 0)).with("[2001:db8::1]:23", says("", "", 0));
    connector.with("n3", says("", "", 9));
    assertEquals(5, retry("--retry-failed", "x"));
    assertEquals(6, connector.calls().size(), "three nodes: connect and command");
    assertEquals(List.of("n3"), failed());

    connector = new ScriptedConnector().with("n3", says("", "", 0));
    assertEquals(0, retry("--retry-failed", "x"));
    assertEquals(List.of(), failed());

    connector = new ScriptedConnector();
    assertEquals(0, retry("--retry-failed", "x"));
    assertEquals("multiquery: no failed nodes in " + failedNodes() + "\n", terminal.err());
  }

  @Test
  void leavesNodesOfOtherRunsInTheFile() throws IOException {
    Files.writeString(failedNodes(), "# rack 2\nother\n\nn1\n");
    assertEquals(5, retry("x"));
    assertEquals(List.of("other", "n2", "n3"), failed());
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(2, files.count(), "no part is left beside it");
    }
  }

  /** The list that has them may say more of them, or less, than the file. */
  @Test
  void takesNodesOutOfTheFileByTheirNames() throws IOException {
    Files.writeString(failedNodes(), "n[1-2] site=fra\nn3 host=10.0.0.3\n");
    assertEquals(5, retry("x"));
    assertEquals(List.of("n2", "n3"), failed());
  }

  @Test
  void touchesNoNodeWhereTheFileIsNoListOfItsOwn() throws IOException {
    Files.writeString(failedNodes(), "n1\n#include others\n");
    assertEquals(2, retry("x"));
    assertEquals(List.of(), connector.calls());
    assertTrue(terminal.err().contains(failedNodes() + ", line 2: "), terminal.err());
  }

  @Test
  void wantsAFileToRetryFrom() {
    assertEquals(2, type("--retry-failed", "x"));
    assertTrue(terminal.err().startsWith("multiquery: --retry-failed wants --failed-nodes FILE\n"));
  }

  @Test
  void repeatsNothingThatIsWellWhenTheNodesAreNamedAgain() throws IOException {
    assertEquals(5, retry("-w", "n[1-3]", "x"));
    assertEquals(List.of("n2", "n3"), failed());

    connector = new ScriptedConnector().with("n2", says("", "", 0)).with("n3", says("", "", 1));
    assertEquals(5, retry("--retry-failed", "-w", "n[1-3]", "x"));
    assertEquals(4, connector.calls().size(), "two nodes: connect and command");
    assertEquals(List.of("n3"), failed());

    connector = new ScriptedConnector();
    assertEquals(0, retry("--retry-failed", "-w", "n1", "x"));
    assertEquals(List.of(), connector.calls());
    assertEquals("multiquery: none of these nodes is in " + failedNodes() + "\n", terminal.err());
  }

  @Test
  void repeatsNodesAsTheFileHasThemAndPicksOfTheseOnly() throws IOException {
    Files.writeString(failedNodes(), "n2 site=fra\n");
    connector = new ScriptedConnector().with("n2", says("", "", 0));

    assertEquals(0, retry("--retry-failed", "-w", "n[1-99]", "--pick", "1", "x"));

    assertEquals(List.of(), failed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing/failed", "."})
  void touchesNoNodeWhereTheFailedCannotBeNoted(String file) {
    assertEquals(2, type("--failed-nodes", home.resolve(file).toString(), "x"));
    assertEquals(List.of(), connector.calls());
    assertTrue(
        terminal.err().startsWith("multiquery: failed nodes cannot be written to "),
        terminal.err());
  }

  @Test
  void refusesToRetryFromWhatHasNoEnd() {
    assertEquals(2, type("--failed-nodes", "/dev/zero", "--retry-failed", "x"));
    assertEquals("multiquery: node list /dev/zero is longer than 16 MiB\n", terminal.err());
  }

  @Test
  void leavesALinkToTheFileOfThoseWhoFailed() throws IOException {
    Path shared = Files.createDirectory(home.resolve("shared")).resolve("failed");
    Files.createSymbolicLink(failedNodes(), Files.writeString(shared, "n1\n"));

    assertEquals(5, retry("x"));

    assertTrue(Files.isSymbolicLink(failedNodes()));
    assertEquals(List.of("n2", "n3"), Files.readAllLines(shared));
  }

  @Test
  void letsOthersReadWhoFailed() throws IOException {
    Path other = Files.createFile(home.resolve("other"), RW_FOR_ALL);
    assertEquals(5, retry("x"));
    assertEquals(
        Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(failedNodes()));
  }

  @Test
  void refusesOneDirectoryForBothOutputs() {
    String directory = home.resolve("d").toString();
    assertEquals(2, type("--outdir", directory, "--errdir", directory + "/../d", "x"));
    assertEquals(List.of(), connector.calls());
    assertTrue(terminal.err().contains("are one directory"), terminal.err());
  }

  @Test
  void aRunTellsWhyItCannotWriteIntoADirectory() throws IOException {
    Path file = Files.createFile(home.resolve("file"));

    assertEquals(2, type("--outdir", file.toString(), "true"));

    assertEquals("multiquery: " + file + ": it is there already\n", terminal.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"MQ_GATHER", "MQ_DIFF", "MQ_PREFIX", "MQ_QUIET"})
  void aViewOnTheCommandLineWinsOverThoseOfTheEnvironment(String variable) {
    terminal.export(variable, "1");
    assertEquals(5, type("--json", "x"));
    assertEquals(4, terminal.out().lines().filter(line -> line.startsWith("{")).count());
    assertEquals(4, terminal.out().lines().count(), terminal.out());
  }
}
