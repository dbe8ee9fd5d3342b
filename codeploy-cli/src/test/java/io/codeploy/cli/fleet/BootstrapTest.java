package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.agent.control.AgentState;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real scripts in a real shell, with an agent that is a script. */
class BootstrapTest {
  private final FleetLimits limits = FleetLimits.defaults();
  private final Bootstrap bootstrap = new Bootstrap(limits);
  private final List<Long> started = new ArrayList<>();

  @TempDir private Path temp;
  private Path home;
  private LocalShell shell;

  @BeforeEach
  void makeHome() throws IOException {
    // A name with everything that a shell might trip over.
    home = Files.createDirectory(temp.resolve("it's a \"home\" $HOME"));
    shell = new LocalShell(home, Map.of());
  }

  @AfterEach
  void endAgents() {
    started.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  void installsAnImageAndStartsItsAgent() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);

    install(probe(), image);
    AgentState state = start(image);

    assertEquals(image.name(), state.version());
    assertEquals("127.0.0.1", state.peerHost());
    NodeFacts after = probe();
    assertEquals(Set.of(image.name()), after.images());
    assertEquals(Optional.of(state), after.running());
    assertEquals("rwx------", mode(home.resolve(".codeploy")));
    assertEquals(
        List.of(image.name(), image.name() + ".tar.gz"), names(home.resolve(".codeploy/image")));
  }

  @Test
  void startsAnAgentThatIsAsNiceAsItIsToBe() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    install(probe(), image);

    AgentState state = bootstrap.start(shell, probe(), image, Optional.empty(), Terms.ANY.nice(7));
    started.add(state.pid());

    String stat = Files.readString(Path.of("/proc/" + state.pid() + "/stat"));
    int niceness = 16;
    assertEquals("7", stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[niceness]);
  }

  @Test
  void sendsAnImageOnce() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    install(probe(), image);
    NodeFacts node = probe();
    int before = shell.commands().size();

    install(node, image);

    assertEquals(before, shell.commands().size());
  }

  @Test
  void leavesAnImageAloneThatAnotherControllerInstalledMeanwhile() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    NodeFacts stale = probe();
    install(stale, image);

    install(stale, image);

    assertEquals(
        List.of(image.name(), image.name() + ".tar.gz"), names(home.resolve(".codeploy/image")));
    assertEquals(List.of("bin"), names(installed(image)));
  }

  @Test
  void findsTheAgentThatRunsAlready() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    install(probe(), image);
    AgentState first = start(image);

    AgentState second = start(image);

    assertEquals(first, second);
  }

  @Test
  void namesTheToolsThatTheNodeLacks() throws Exception {
    Path bin = Files.createDirectory(temp.resolve("bin"));
    for (String tool : List.of("sh", "uname", "gzip", "sha256sum")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/bin", tool));
    }
    shell = new LocalShell(home, Map.of("PATH", bin.toString()));
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);

    assertEquals("no tar on the node; install it", failure(() -> install(probe(), image)));
  }

  @Test
  void refusesADamagedImageAndLeavesNothing() throws Exception {
    AgentImage whole = ShellAgent.image(temp, ShellAgent.WORKING);
    AgentImage other =
        new AgentImage("1.0", Digest.of(new byte[1]), whole.archiveBytes(), whole.archive());

    assertEquals(
        "the agent's image arrived damaged or cut off; run again",
        failure(() -> install(probe(), other)));
    assertEquals(List.of(), names(home.resolve(".codeploy/image")));
  }

  @Test
  void tellsTheLastLineOfAnAgentThatDies() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.BROKEN);
    install(probe(), image);

    assertEquals(
        "the agent ended at once: no memory for an agent",
        failure(() -> bootstrap.start(shell, probe(), image, Optional.empty(), Terms.ANY)));
    assertFalse(Files.exists(home.resolve(".codeploy/start.lock")));
  }

  @Test
  void startsAnAgentAgainThatFoundAnotherAboutToEnd() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.SECOND);
    install(probe(), image);

    AgentState state = start(image);

    assertEquals(Optional.of(state), probe().running());
  }

  @Test
  void unpacksAnImageAgainOfWhichAFileIsMissing() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.NEEDY);
    install(probe(), image);
    Files.delete(installed(image).resolve("bin/needed"));

    AgentState state = start(image);

    assertEquals(Optional.of(state), probe().running());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash -O lastpipe", "zsh --emulate sh"})
  void unpacksAnImageAgainWhereTheShellRunsTheEndOfAPipelineItself(String sh) throws Exception {
    String program = sh.substring(0, sh.indexOf(' '));
    assumeTrue(Files.exists(Path.of("/bin", program)), () -> program + " is not installed");
    shell = shellWith("sh", "exec " + sh + " \"$@\"");
    AgentImage image = ShellAgent.image(temp, ShellAgent.NEEDY);
    install(probe(), image);
    Files.delete(installed(image).resolve("bin/needed"));

    AgentState state = start(image);

    assertEquals(Optional.of(state), probe().running());
  }

  @Test
  void tellsWhatHelpsWhereAnImageHasNoArchiveToBeMendedFrom() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.BROKEN);
    install(probe(), image);
    Files.delete(home.resolve(".codeploy/image/" + image.name() + ".tar.gz"));

    assertEquals(
        "the agent ended at once: no memory for an agent; to install it anew, remove "
            + installed(image)
            + " on the node and run again",
        failure(() -> bootstrap.start(shell, probe(), image, Optional.empty(), Terms.ANY)));
  }

  @Test
  void installsAnImageWhoseLockAnotherControllerBreaks() throws Exception {
    shell = shellWith("mv", "rmdir \"${2%/*}/.lock\" 2>/dev/null; exec /bin/mv \"$@\"");
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);

    install(probe(), image);

    assertEquals(Set.of(image.name()), probe().images());
  }

  @Test
  void installsAnImageAgainOfWhichOnlyDirectoriesAreLeft() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.NEEDY);
    install(probe(), image);
    Files.delete(installed(image).resolve("bin/node-agent"));
    Files.delete(installed(image).resolve("bin/needed"));

    install(probe(), image);
    AgentState state = start(image);

    assertEquals(Optional.of(state), probe().running());
  }

  @Test
  void takesOverTheLockOfAControllerThatDied() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    install(probe(), image);
    Path lock = Files.createDirectory(home.resolve(".codeploy/start.lock"));
    // Above any pid that Linux gives.
    Files.writeString(lock.resolve("pid"), "4194999\n");

    start(image);

    assertFalse(Files.exists(lock));
  }

  @Test
  void startsAnAgentInPlaceOfOneThatDiedWithoutATrace() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    install(probe(), image);
    AgentState first = start(image);
    ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
    ProcessHandle.of(first.pid()).ifPresent(dead -> dead.onExit().join());

    AgentState second = start(image);

    assertTrue(first.pid() != second.pid());
  }

  @Test
  void endsAnAgentThatDoesNotAnswerBeforeItStartsAnother() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.HANGING);
    install(probe(), image);
    AgentState silent = start(image);

    AgentState second = bootstrap.start(shell, probe(), image, Optional.of(silent), Terms.ANY);
    started.add(second.pid());

    assertTrue(silent.pid() != second.pid());
    assertFalse(runs(silent.pid()));
  }

  @Test
  void leavesAProcessAloneThatGotTheNumberOfADeadAgent() throws Exception {
    // Its command line becomes that of sleep.
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    install(probe(), image);
    AgentState silent = start(image);

    AgentState second = bootstrap.start(shell, probe(), image, Optional.of(silent), Terms.ANY);
    started.add(second.pid());

    assertTrue(silent.pid() != second.pid());
    assertTrue(runs(silent.pid()));
  }

  @Test
  void stopsAnAgentThatDoesNotAnswer() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.HANGING);
    install(probe(), image);
    AgentState silent = start(image);

    assertTrue(fleet(image).stop(shell));

    assertFalse(runs(silent.pid()));
  }

  @Test
  void stopsNoProcessThatGotTheNumberOfADeadAgent() throws Exception {
    // Its command line becomes that of sleep.
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    install(probe(), image);
    AgentState silent = start(image);

    assertFalse(fleet(image).stop(shell));

    assertTrue(runs(silent.pid()));
  }

  @Test
  void leavesNothingOfAnImageWhereTheControllerHasGone() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    List<String> arguments =
        List.of(home + "/.codeploy", image.name(), Digest.of(new byte[1]).toString());
    String gone = "mkfifo f; : <f & exec >f; wait $!; rm f; ";

    shell.execute(
        gone + Script.INSTALL_SENT.asCommand(arguments),
        new ByteArrayInputStream(new byte[1 << 20]),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream(),
        Duration.ZERO);

    assertEquals(List.of(), names(home.resolve(".codeploy/image")));
  }

  @Test
  void removesWhatAnotherInstallationHasLeft() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    Path images = Files.createDirectories(home.resolve(".codeploy/image"));
    // Above any pid that Linux gives; the other one is at work.
    Files.createFile(Files.createDirectory(images.resolve(".new-4194999")).resolve("bin"));
    Files.createFile(images.resolve(".new-4194999.tar.gz"));
    String alive = ".new-" + ProcessHandle.current().pid() + ".tar.gz";
    Files.createFile(images.resolve(alive));

    install(probe(), image);

    assertEquals(List.of(alive, image.name(), image.name() + ".tar.gz"), names(images));
  }

  @Test
  void namesTheToolsThatANodeLacks() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    Path bin = Files.createDirectory(temp.resolve("bin"));
    for (String tool : List.of("sh", "uname", "df", "tail", "dirname", "sed", "gzip")) {
      Path real =
          Stream.of("/usr/bin/", "/bin/")
              .map(d -> Path.of(d + tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(bin.resolve(tool), real);
    }
    shell = new LocalShell(home, Map.of("PATH", bin.toString()));

    assertEquals(
        "no tar, sha256sum on the node; install it", failure(() -> install(probe(), image)));
  }

  @Test
  void namesADirectoryThatCannotBeMade() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    Files.createFile(home.resolve(".codeploy"));

    assertEquals(
        "cannot make " + home + "/.codeploy/image; make it writable or choose another --agent-dir",
        failure(() -> install(probe(), image)));
  }

  @Test
  void wantsRoomForTheImage() throws Exception {
    AgentImage small = ShellAgent.image(temp, ShellAgent.WORKING);
    AgentImage huge = new AgentImage("1.0", small.digest(), 1L << 60, small.archive());

    String message = failure(() -> install(probe(), huge));

    assertTrue(message.startsWith("no space for the agent: "), message);
  }

  @Test
  void wantsRoomForWhatTheAgentIsToBring() throws Exception {
    AgentImage image = ShellAgent.image(temp, ShellAgent.WORKING);
    NodeFacts node = probe();
    Bootstrap.checkRoom(node, image, 0);

    String message = failure(() -> Bootstrap.checkRoom(node, image, 1L << 60));

    assertTrue(message.startsWith("no space for the agent: "), message);
  }

  /** A node where {@code tool} is a script. */
  private LocalShell shellWith(String tool, String script) throws IOException {
    Path bin = Files.createDirectory(temp.resolve("bin"));
    Path program = Files.writeString(bin.resolve(tool), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new LocalShell(home, Map.of("PATH", bin + ":/usr/local/bin:/usr/bin:/bin"));
  }

  private void install(NodeFacts node, AgentImage image) throws Exception {
    if (Bootstrap.lacks(node, image)) {
      Bootstrap.checkRoom(node, image, 0);
      new ImageSpread(image, bootstrap, TimeSource.system()).install(shell, node, "").close();
    }
  }

  private SshFleet fleet(AgentImage image) {
    AgentImages images = new AgentImages(Optional.of(image), Optional.empty());
    return new SshFleet(images, ".codeploy", limits, TimeSource.system());
  }

  private Path installed(AgentImage image) {
    return home.resolve(".codeploy/image").resolve(image.name());
  }

  private AgentState start(AgentImage image) throws Exception {
    AgentState state = bootstrap.start(shell, probe(), image, Optional.empty(), Terms.ANY);
    started.add(state.pid());
    return state;
  }

  /** A process that was killed may wait for long to be reaped. */
  private static boolean runs(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream().noneMatch(line -> line.matches("State:\\s+Z.*"));
  }

  private NodeFacts probe() throws NodeFailedException, InterruptedException {
    String command = Script.fromStandardInput(List.of(".codeploy", "elsewhere"));
    Marked lines =
        RemoteScript.run(
            shell, command, new ByteArrayInputStream(Script.PROBE.text()), Duration.ofSeconds(30));
    return NodeProbe.parse(lines).orElseThrow();
  }

  private static String failure(Executable action) {
    return assertThrows(NodeFailedException.class, action).failure().message();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
