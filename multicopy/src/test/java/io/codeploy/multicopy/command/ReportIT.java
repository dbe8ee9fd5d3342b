package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.FaultySshServer;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of runs in which not all nodes are well. */
class ReportIT {
  @TempDir Path directory;
  private EmbeddedSshNodes nodes;
  private String source = "";

  @BeforeEach
  void start() throws IOException {
    nodes = EmbeddedSshNodes.start(directory.resolve("nodes"), 3);
    source = Files.writeString(directory.resolve("file"), "content").toString();
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private PushRig.Result run(String... words) throws IOException {
    return new PushRig(directory, nodes).run(words);
  }

  private SshNode node(int index) {
    return nodes.nodes().get(index);
  }

  private boolean has(int index) {
    return Files.exists(node(index).home().resolve("file"));
  }

  @Test
  void notesNodesThatFailedAndRepeatsThemAlone() throws IOException {
    String failed = directory.resolve("failed").toString();
    nodes.stop(node(1));

    PushRig.Result first = run("--failed-nodes", failed, source, "@:");

    assertEquals(ExitCode.UNREACHABLE, first.code(), first.err());
    assertTrue(first.err().contains("multicopy: 2 ok, 1 unreachable"), first.err());
    assertEquals(List.of(nodes.listed(node(1))), Files.readAllLines(Path.of(failed)));

    nodes.start(node(1));
    PushRig.Result second = run("--failed-nodes", failed, "--retry-failed", source, "@:");

    assertEquals(ExitCode.OK, second.code(), second.err());
    assertEquals(nodes.listed(node(1)) + ": 5 bytes\ndone\n\n", second.out());
    assertTrue(has(1));
    assertEquals(List.of(), Files.readAllLines(Path.of(failed)));

    PushRig.Result third = run("--failed-nodes", failed, "--retry-failed", source, "@:");

    assertEquals(ExitCode.OK, third.code());
    assertEquals("multicopy: no failed nodes in " + failed + "\n", third.err());
  }

  @Test
  void endsWithTheFirstFailureWhereThatIsAskedFor() throws IOException {
    nodes.stop(node(0));

    PushRig.Result result = run("--fail-fast", "--maxload", "1", source, "@:");

    assertEquals(ExitCode.UNREACHABLE, result.code(), result.err());
    assertTrue(result.err().contains("2 stopped by the halt"), result.err());
    assertFalse(has(1) || has(2));
  }

  @Test
  void cutsWhoIsLateWhenTheQuorumIsThere() throws Exception {
    try (FaultySshServer silent =
        FaultySshServer.start("127.0.0.9", FaultySshServer.Fault.NEVER_SPEAKS)) {
      String late = "127.0.0.9:" + silent.port();
      Path list = Files.writeString(directory.resolve("list"), late + "\n" + nodes.nodeListFile());

      PushRig.Result result =
          run("--nodes", list.toString(), "--quorum", "75%", "--json", source, "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertTrue(result.err().contains("3 of 4 are done"), result.err());
      assertTrue(result.err().contains("1 cut as stragglers (" + late + ")"), result.err());
      List<String> lines = result.out().lines().toList();
      assertEquals(5, lines.size(), result.out());
      assertTrue(lines.get(3).contains("\"cause\":\"cut as stragglers\""), lines.get(3));
      assertTrue(lines.get(4).contains("\"succeeded\":3,\"failed\":1,"), lines.get(4));
    }
  }

  /** Five arrivals are the least that the knee wants to see. */
  @Test
  void findsWhoIsLateByItself() throws Exception {
    try (FaultySshServer silent =
            FaultySshServer.start("127.0.0.9", FaultySshServer.Fault.NEVER_SPEAKS);
        EmbeddedSshNodes six =
            EmbeddedSshNodes.start(
                SshNodesSettings.of(directory.resolve("six"), 6).withFirstAddress(20))) {
      String late = "127.0.0.9:" + silent.port();
      Path list = Files.writeString(directory.resolve("list"), six.nodeListFile() + late + "\n");

      PushRig.Result result =
          new PushRig(directory, six)
              .run("--nodes", list.toString(), "--stragglers", "knee,cut", "-q", source, "@:");

      assertEquals(ExitCode.TIMED_OUT, result.code(), result.err());
      assertTrue(result.err().contains("are done after"), result.err());
      assertTrue(result.err().contains(late), result.err());
    }
  }

  @Test
  void tellsOfEachNodeInJsonWhatWasSentAndWhatWasNot() throws IOException {
    run("-w", nodes.listed(node(1)), source, "@:");

    PushRig.Result result = run("--json", "--order", source, "@:");

    List<String> lines = result.out().lines().toList();
    assertEquals(4, lines.size(), result.out());
    assertTrue(lines.get(0).endsWith("\"files\":1,\"bytes\":7,\"skipped\":0}"), lines.get(0));
    assertTrue(lines.get(1).contains("\"rank\":1,\"outcome\":\"succeeded\""), lines.get(1));
    assertTrue(lines.get(1).endsWith("\"files\":0,\"bytes\":0,\"skipped\":1}"), lines.get(1));
    assertTrue(lines.get(3).endsWith("\"files\":2,\"bytes\":14,\"skipped\":1}"), lines.get(3));
  }

  @Test
  void isQuietWhereThatIsAskedForButForItsStatus() throws IOException {
    nodes.stop(node(1));

    PushRig.Result result = run("-q", source, "@:");

    assertEquals(new PushRig.Result(ExitCode.UNREACHABLE, "", ""), result);
  }

  @Test
  void timesOutACopyThatTakesLongerThanAllOfIt() throws Exception {
    try (FaultySshServer silent =
        FaultySshServer.start("127.0.0.9", FaultySshServer.Fault.NEVER_SPEAKS)) {
      String late = "127.0.0.9:" + silent.port();
      Path list = Files.writeString(directory.resolve("list"), late + "\n");

      PushRig.Result result = run("--nodes", list.toString(), "--timeout", "0.5", source, "@:");

      assertEquals(ExitCode.TIMED_OUT, result.code(), result.err());
      assertEquals(late + ": timed out probe\n\n", result.out());
      assertTrue(result.err().contains("timed out after 0.5 s (connect)"), result.err());
    }
  }
}
