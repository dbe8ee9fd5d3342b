package io.codeploy.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.cli.deploy.DeployListener;
import io.codeploy.cli.deploy.DeployResult;
import io.codeploy.cli.deploy.NodeReport;
import io.codeploy.cli.deploy.NodeResult;
import io.codeploy.cli.deploy.StopResult;
import io.codeploy.cli.deploy.TreeSize;
import io.codeploy.cli.scan.ScanException;
import io.codeploy.cli.view.Views;
import io.codeploy.multiquery.command.CommandRunner;
import io.codeploy.multiquery.command.Controls;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeployCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final RecordingEngines engines = new RecordingEngines();

  @TempDir private Path temp;
  private Path nodes;

  @BeforeEach
  void writeNodes() throws IOException {
    nodes = Files.writeString(temp.resolve("nodes"), "alpha\nbeta\n");
  }

  @Test
  void deploysToTheNodesOfTheList() {
    assertEquals(ExitCode.OK, run("src", "dest"));

    assertEquals(List.of("alpha", "beta"), names(engines.deployed.getFirst()));
    assertTrue(text(out).startsWith("2 nodes: all have the tree\n"), text(out));
    assertEquals("", text(err));
  }

  @Test
  void deploysToSelectedNodesAndNamesThemAsListed() throws IOException {
    Files.writeString(nodes, "admin@web[1-3]:22 site=fra\nbeta\n");

    assertEquals(ExitCode.OK, run("-w", "site=fra", "-x", "web2", "src", "dest"));

    assertEquals(List.of("admin@web1:22", "admin@web3:22"), names(engines.deployed.getFirst()));
  }

  @Test
  void dryRunPrintsTheNodesAndDeploysNothing() {
    assertEquals(ExitCode.OK, run("--dry-run", "-w", "n[1-2]", "src", "dest"));

    assertEquals("n1\nn2\n", text(out));
    assertEquals(List.of(), engines.deployed);
  }

  @Test
  void writesTheSummaryToTheReport() throws IOException {
    Path report = temp.resolve("report.json");

    assertEquals(ExitCode.OK, run("--report", report.toString(), "src", "dest"));

    String text = Files.readString(report);
    assertTrue(text.startsWith("{\"event\":\"summary\",\"nodes\":2,\"succeeded\":2,"), text);
    assertTrue(text.endsWith("}\n"), text);
  }

  @Test
  void notesNodesThatFailAndRepeatsThese() throws IOException {
    Path failed = temp.resolve("failed");
    engines.unreachable = Set.of("beta");

    assertEquals(ExitCode.UNREACHABLE, run("--failed-nodes", failed.toString(), "src", "dest"));
    assertEquals("beta\n", Files.readString(failed));

    engines.unreachable = Set.of();
    String[] again = {"--failed-nodes", failed.toString(), "--retry-failed", "src", "dest"};
    assertEquals(ExitCode.OK, run(again));
    assertEquals(List.of("beta"), names(engines.deployed.getLast()));
    assertEquals("", Files.readString(failed));

    assertEquals(ExitCode.OK, run(again));
    assertEquals(2, engines.deployed.size());
    assertTrue(text(err).endsWith("codeploy: no failed nodes in " + failed + "\n"), text(err));
  }

  @Test
  void deploysNothingWhereFailuresCannotBeNoted() {
    assertEquals(ExitCode.USAGE, run("--failed-nodes", temp + "/nowhere/failed", "src", "dest"));

    assertEquals(List.of(), engines.deployed);
    assertTrue(text(err).contains(temp + "/nowhere"), text(err));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere/report", "."})
  void deploysNothingWhereTheReportCannotBeWritten(String report) {
    assertEquals(ExitCode.USAGE, run("--report", temp + "/" + report, "src", "dest"));

    assertEquals(List.of(), engines.deployed);
    assertTrue(text(err).contains("--report cannot be written: " + temp), text(err));
  }

  @Test
  void stopsAgentsInsteadOfDeploying() {
    assertEquals(ExitCode.OK, run("--stop-agents"));

    assertEquals("2 nodes: 2 agents ended, none ran on 0\n", text(out));
    assertEquals(List.of(), engines.deployed);
  }

  @Test
  void stopsNoAgentsWhereADeploymentIsDescribedToo() {
    assertEquals(ExitCode.USAGE, run("--stop-agents", "src", "dest"));
    assertEquals(ExitCode.USAGE, run("--stop-agents", "--json"));
    assertEquals(ExitCode.USAGE, run("--stop-agents", "--proxy-allow", "a.example"));
    assertEquals(ExitCode.USAGE, run("--stop-agents", "--proxy-port", "8081"));

    assertEquals(
        List.of(
            "codeploy: --stop-agents deploys nothing; leave out src dest",
            "codeploy: --json does not go with --stop-agents",
            "codeploy: --proxy-allow does not go with --stop-agents",
            "codeploy: --proxy-port does not go with --stop-agents"),
        text(err).lines().filter(line -> line.startsWith("codeploy: ")).toList());
    assertEquals("", text(out));
  }

  @Test
  void answersAMistakeWithOneLineAndTheSynopsis() {
    assertEquals(ExitCode.USAGE, run("src"));

    assertEquals(
        """
        codeploy: DIR, perhaps URL, and REMOTEDIR are wanted, not 1 argument
        usage: codeploy [OPTION]... DIR [URL] REMOTEDIR
        usage: codeploy [OPTION]... --stop-agents
        """,
        text(err));
    assertEquals("", text(out));
  }

  @Test
  void refusesAnUnknownOption() {
    assertEquals(ExitCode.USAGE, run("--frobnicate", "src", "dest"));

    assertTrue(text(err).startsWith("codeploy: Unknown option: '--frobnicate'\n"), text(err));
  }

  @Test
  void refusesANodeListThatIsNotThere() {
    nodes = temp.resolve("nowhere");

    assertEquals(ExitCode.USAGE, run("src", "dest"));

    assertTrue(text(err).contains(nodes.toString()), text(err));
  }

  @Test
  void tellsAboutATreeThatCannotBeScanned() {
    engines.failure = List.of(new ScanException("src is a file; name a directory"));

    assertEquals(ExitCode.USAGE, run("src", "dest"));

    assertEquals("codeploy: src is a file; name a directory\n", text(err));
  }

  @Test
  void helpsWithTheExitStatusesAtTheEnd() {
    assertEquals(ExitCode.OK, run("--help"));

    assertTrue(text(out).startsWith("Usage: codeploy [OPTION]... DIR [URL] REMOTEDIR\n"));
    assertTrue(text(out).endsWith("  130  interrupted\n"), text(out));
  }

  @Test
  void tellsItsVersion() {
    assertEquals(ExitCode.OK, run("--version"));

    assertEquals("codeploy 1.2.3\n", text(out));
  }

  private ExitCode run(String... arguments) {
    Surroundings surroundings =
        new Surroundings(
            Map.of("MQ_NODES", nodes.toString()),
            temp,
            "me",
            temp,
            Path.of("/opt/codeploy"),
            "1.2.3",
            new SplittableRandom(1),
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Controls.none());
    Views views = new Views(surroundings.out(), surroundings.err(), false, false);
    CodeployCommand command = new CodeployCommand(views, engines);
    return CommandRunner.run(Arguments.spec(), surroundings, List.of(arguments), command::run);
  }

  private static List<String> names(Invocation invocation) {
    return invocation.deployment().nodes().stream().map(Node::name).toList();
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  /** Says that every node has the tree that can be reached, or fails as told. */
  private static final class RecordingEngines implements Engines {
    private final List<Invocation> deployed = new ArrayList<>();
    private List<ScanException> failure = List.of();
    private Set<String> unreachable = Set.of();

    @Override
    public DeployResult deploy(Invocation invocation, DeployListener listener)
        throws ScanException {
      deployed.add(invocation);
      for (ScanException e : failure) {
        throw e;
      }
      List<NodeResult> results =
          invocation.deployment().nodes().stream()
              .map(node -> new NodeResult(node, outcome(node)))
              .toList();
      return new DeployResult(
          results, new TreeSize(0, 0, 0), new Traffic(0, 0, 0, 0), 0, Duration.ZERO, false);
    }

    @Override
    public StopResult stop(StopRequest request) {
      List<NodeOutcome<Boolean>> outcomes = new ArrayList<>();
      request.nodes().forEach(node -> outcomes.add(new Succeeded<>(true, Duration.ZERO)));
      return new StopResult(request.nodes(), outcomes);
    }

    private NodeOutcome<NodeReport> outcome(Node node) {
      if (unreachable.contains(node.name())) {
        return new Failed<>(new NodeFailure.Unreachable("gone"), Duration.ZERO);
      }
      return new Succeeded<>(
          new NodeReport(new Counts(0, 0, 0, 0, 0), new Traffic(0, 0, 0, 0)), Duration.ZERO);
    }
  }
}
