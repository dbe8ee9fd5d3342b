package io.codeploy.multiquery.warm.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.process.NodeProcesses;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.shell.RemoteCommand;
import io.codeploy.multiquery.shell.Token;
import io.codeploy.multiquery.shell.WaitingShell;
import io.codeploy.multiquery.ssh.MinaConnector;
import io.codeploy.multiquery.ssh.config.SshSettings;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.Poll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shell does that has waited for its command, on a real sshd. */
class SpareIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Token TOKEN = new Token("fedcba9876543210");
  private static final WaitingShell WORDS = new WaitingShell(new Token("0123456789abcdef"));

  /** Says which shell runs it. */
  private static final String WHO = "echo $BASH_EXECUTION_STRING";

  /** Each writes its process id to a file and does not end by itself. */
  private static final String LASTING = "sh -c 'echo $$ >new; mv new pid; sleep 600; :'";

  @TempDir Path root;
  private final ManualTime time = new ManualTime();
  private SshNodes nodes;
  private Connector connector;
  private SparedConnection connection;

  /** By a command that comes to no end. */
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** Before all: what ends a test that is skipped before each would find nothing to end. */
  @BeforeAll
  static void findSshd() {
    Optional<String> missing = OpenSshNodes.unavailableReason();
    Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }

  @BeforeEach
  void connect() throws Exception {
    nodes = OpenSshNodes.start(SshNodesSettings.of(root.resolve("nodes"), 1));
    Path ssh = Files.createDirectories(root.resolve("operator/.ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    SshSettings settings =
        SshSettings.of(root.resolve("operator"), nodes.user())
            .withConfigFiles(List.of())
            .withIdentityFiles(List.of(nodes.identityFile()));
    connector = new MinaConnector(settings, TimeSource.system());
    connection = connected();
  }

  private SparedConnection connected() throws NodeFailedException, InterruptedException {
    SshNode node = nodes.nodes().getFirst();
    Node listed =
        new Node(
            node.address(),
            node.address(),
            Optional.empty(),
            OptionalInt.of(node.port()),
            Map.of());
    return new SparedConnection(connector.connect(listed, LIMIT), TOKEN, time);
  }

  @AfterEach
  void end() {
    connection.close();
    connector.close();
    nodes.close();
  }

  /** What a command said and how it ended. */
  private record Said(ExitStatus status, String out, String err) {}

  private Said run(String command) throws NodeFailedException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitStatus status = RemoteCommand.of(command).run(connection, 3, 7, out, err, LIMIT);
    return new Said(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Said runBySpare(String command) throws Exception {
    startSpare();
    Said said = run(command);
    assertFalse(connection.hasSpare());
    return said;
  }

  private void startSpare() throws Exception {
    tryToStartSpare();
    assertTrue(connection.hasSpare());
  }

  /** After a command, without which there can be none. */
  private void tryToStartSpare() throws Exception {
    run("true");
    connection.startSpare(WORDS, LIMIT);
  }

  private Path file(String name) {
    return nodes.nodes().getFirst().home().resolve(name);
  }

  /** Processes of this node whose command line has {@code text}. */
  private List<ProcessHandle> processes(String text) {
    return NodeProcesses.of(nodes.nodes().getFirst())
        .filter(p -> NodeProcesses.commandLine(p).contains(text))
        .toList();
  }

  private ProcessHandle lasting() throws IOException {
    Poll.until("the command runs", () -> Files.exists(file("pid")));
    return ProcessHandle.of(Long.parseLong(Files.readString(file("pid")).strip())).orElseThrow();
  }

  @Test
  void itIsUsedOnceAndOnlyWhenItIsWanted() throws Exception {
    assertFalse(connection.wantsSpare());
    assertFalse(run(WHO).out().contains(WORDS.ready()));
    assertTrue(connection.wantsSpare());

    assertTrue(runBySpare(WHO).out().contains(WORDS.ready()));

    assertFalse(run(WHO).out().contains(WORDS.ready()));
    assertTrue(connection.wantsSpare());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "false",
        "exit 7",
        "pwd",
        "echo 'it'\"'\"'s' \"a  b\" $HOME $MQ_HOST $MQ_RANK $MQ_COUNT $0 $? $- x",
        "printf '%s\\n' 'back\\slash' 'Zürich' '$x `id` ~ *' \"'\" 'two\nlines'",
        "sh -c 'echo out; echo err >&2; exit 3'",
        "cat",
        "nosuchcommand -x",
        "./nosuchfile",
        "/tmp",
        "sh -c 'kill -9 $$'",
        "sh -c 'kill -TERM $$'",
        "kill -9 $$",
        "sh -c 'kill -9 $$' | cat",
        "ls /nosuchfile | sh -c 'kill -9 $$'",
        "ls /nosuchfile 2>&1 | tr a-z A-Z",
        "sh -c 'kill -9 $$' 2>/dev/null",
        "cd /nosuchdirectory",
        "jobs",
        "wait",
        "trap 'echo bye' EXIT",
        "readlink /proc/self/fd/0",
        "ls /proc/self/fd",
        "ps -o args= --ppid $$",
        "sh -c 'ps -o pgid= -p $$ | grep -w $PPID | wc -l'",
        "ls -d nosuch*",
        "head -c 300000 /dev/zero"
      })
  void doesWhatALoginShellDoes(String command) throws Exception {
    Said login = run(command);

    assertEquals(steady(login), steady(runBySpare(command)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "command sh -c 'kill -9 $$'",
        "exec echo x",
        "exec nosuchcommand",
        "eval echo $LINENO",
        "cat < | wc",
        "echo >",
        "echo $#",
        "echo a; echo b >&2; exit 5",
        "echo it's",
        "for i in 1 2; do echo $i; done"
      })
  void leavesWhatItMayDoOtherwise(String command) throws Exception {
    Said login = run(command);
    startSpare();

    assertEquals(steady(login), steady(run(command)));
    assertTrue(connection.hasSpare());
  }

  /** Without process ids. */
  private static Said steady(Said said) {
    return new Said(
        said.status(),
        said.out(),
        said.err().replaceAll("(?m)^(bash: line \\d+:|bash:|) +\\d+", "$1 pid"));
  }

  @Test
  void hasTheSameEnvironment() throws Exception {
    String login = run("env").out();
    String spare = runBySpare("env").out();

    assertEquals(login.lines().sorted().toList(), spare.lines().sorted().toList());
  }

  @Test
  void variablesOfTheShellAreTheSame() throws Exception {
    List<String> login = run("set | cut -d= -f1").out().lines().sorted().toList();
    List<String> spare = runBySpare("set | cut -d= -f1").out().lines().sorted().toList();

    assertEquals(login, spare);
  }

  @Test
  void theCommandIsNotInTheCommandLineOfItsWatch() throws Exception {
    startSpare();
    FutureTask<Said> running = start(LASTING);
    lasting();

    // The mv itself may still be there.
    Poll.until("only the command is seen", () -> processes("mv new pid").size() == 1);

    connection.close();
    assertThrows(ExecutionException.class, running::get);
  }

  private FutureTask<Said> start(String command) {
    FutureTask<Said> task = new FutureTask<>(() -> run(command));
    Thread.ofVirtual().start(task);
    return task;
  }

  @Test
  void aCommandEndsWithItsConnection() throws Exception {
    startSpare();
    FutureTask<Said> running = start(LASTING);
    ProcessHandle command = lasting();

    connection.close();

    assertThrows(ExecutionException.class, running::get);
    Poll.until("the command is gone", () -> !command.isAlive());
  }

  @Test
  void aCommandEndsWithWhoWaitsForIt() throws Exception {
    startSpare();
    FutureTask<Said> task = new FutureTask<>(() -> run(LASTING));
    Thread waiting = Thread.ofVirtual().start(task);
    ProcessHandle command = lasting();

    waiting.interrupt();

    var thrown = assertThrows(ExecutionException.class, task::get);
    assertInstanceOf(InterruptedException.class, thrown.getCause());
    Poll.until("the command is gone", () -> !command.isAlive());
  }

  @Test
  void aCommandEndsAtItsLimit() throws Exception {
    startSpare();
    Duration limit = Duration.ofSeconds(2);
    FutureTask<NodeFailedException> ending =
        new FutureTask<>(
            () -> assertThrows(NodeFailedException.class, () -> runSaying("[", limit)));
    Thread.ofVirtual().start(ending);
    ProcessHandle command = lasting();

    assertEquals(new NodeFailure.TimedOut("command", limit), ending.get().failure());
    assertEquals("[", said.toString(StandardCharsets.UTF_8));
    Poll.until("the command is gone", () -> !command.isAlive());
  }

  private void runSaying(String text, Duration limit)
      throws NodeFailedException, InterruptedException {
    String command = LASTING.replace("sleep", "printf " + text + " >&2; sleep");
    RemoteCommand.of(command).run(connection, 0, 1, OutputStream.nullOutputStream(), said, limit);
  }

  @Test
  void whatACommandLeavesInTheBackgroundStays() throws Exception {
    Files.writeString(file("job"), "sleep 600 >/dev/null 2>&1 &\necho $! >pid\n");

    assertEquals(new ExitStatus.Exited(0), runBySpare("sh job").status());

    ProcessHandle left = lasting();
    connection.close();
    Poll.until("its watch is gone", () -> processes(WORDS.token().text()).isEmpty());
    assertTrue(left.isAlive());
    left.destroyForcibly();
  }

  @Test
  void isGoneWithItsConnection() throws Exception {
    startSpare();
    assertFalse(processes(WORDS.token().text()).isEmpty());

    connection.close();

    Poll.until("it is gone", () -> processes(WORDS.token().text()).isEmpty());
  }

  @Test
  void isGoneWhenItWaitedForLong() throws Exception {
    startSpare();
    connection.dropOldSpare();
    assertTrue(connection.hasSpare());

    time.advance(Duration.ofMinutes(6));
    connection.dropOldSpare();

    assertFalse(connection.hasSpare());
    Poll.until("it is gone", () -> processes(WORDS.token().text()).isEmpty());
    assertEquals("x\n", run("echo x").out());
  }

  /** Whoever is killed, the shell or its watch, and whether that is known here by then or not. */
  @ParameterizedTest
  @ValueSource(strings = {"bash", "sh"})
  void oneThatDiedHarmsNoCommand(String killed) throws Exception {
    startSpare();
    // The shell that started the watch may be about to end.
    Poll.until("there is one " + killed, () -> named(killed).size() == 1);
    ProcessHandle victim = named(killed).getFirst();

    victim.destroyForcibly();
    victim.onExit().join();

    Said said = run(WHO);
    assertEquals(new ExitStatus.Exited(0), said.status());
    assertFalse(said.out().contains(WORDS.ready()), said::out);
    assertEquals("", said.err());
    connection.dropOldSpare();
    Poll.until("nothing is left", () -> processes(WORDS.token().text()).isEmpty());
  }

  private List<ProcessHandle> named(String shell) {
    return processes(WORDS.token().text()).stream()
        .filter(p -> NodeProcesses.commandLine(p).startsWith(shell + "\0"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void thereIsNoneWhereTheServerHasNoRoomForIt(int sessions) throws Exception {
    reconfigure(text -> text.replace("MaxSessions 100", "MaxSessions " + sessions));
    run("true");
    assertTrue(connection.wantsSpare());

    connection.startSpare(WORDS, LIMIT);

    assertFalse(connection.hasSpare());
    assertEquals("x\n", run("echo x").out());
    assertFalse(connection.wantsSpare());
  }

  private void reconfigure(UnaryOperator<String> change) throws Exception {
    connection.close();
    SshNode node = nodes.nodes().getFirst();
    nodes.stop(node);
    Path config = root.resolve("nodes/ssh/" + node.name() + ".sshd_config");
    Files.writeString(config, change.apply(Files.readString(config)));
    nodes.start(node);
    connection = connected();
  }

  /** One that is silent, one that repeats what it was asked for, and one that does that, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "echo \"$SSH_ORIGINAL_COMMAND\" >&2", "bash -c \"$SSH_ORIGINAL_COMMAND\""})
  void aForcedCommandRunsAsOftenAsItIsAskedFor(String more) throws Exception {
    Files.writeString(file("forced"), "echo run >>runs\n" + more + "\n");
    reconfigure(text -> text + "ForceCommand bash forced\n");

    run("true");
    connection.startSpare(WORDS, LIMIT);
    run("true");
    connection.startSpare(WORDS, LIMIT);

    assertFalse(connection.wantsSpare());
    assertEquals(List.of("run", "run"), Files.readAllLines(file("runs")));
  }

  @Test
  void thereIsNoneWhereStartUpFilesSaySomething() throws Exception {
    String says = "echo hello; echo there >&2\n";
    Path startUp = root.resolve("nodes/ssh/" + nodes.nodes().getFirst().name() + ".env");
    Files.writeString(startUp, Files.readString(startUp) + says);
    tryToStartSpare();

    assertFalse(connection.hasSpare());
    assertEquals(new Said(new ExitStatus.Exited(0), "hello\nx\n", "there\n"), run("echo x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"set -e", "set +h", "shopt -s expand_aliases", "trap ': bye' EXIT"})
  void thereIsNoneWhereTheShellIsNotAsUsual(String startUp) throws Exception {
    Path file = root.resolve("nodes/ssh/" + nodes.nodes().getFirst().name() + ".env");
    Files.writeString(file, Files.readString(file) + startUp + "\n");

    tryToStartSpare();

    assertFalse(connection.hasSpare());
  }

  @Test
  void makesRoomForWhatIsNoCommandOnALeash() throws Exception {
    startSpare();

    connection.files(LIMIT).close();

    assertFalse(connection.hasSpare());
    Poll.until("it is gone", () -> processes(WORDS.token().text()).isEmpty());
  }
}
