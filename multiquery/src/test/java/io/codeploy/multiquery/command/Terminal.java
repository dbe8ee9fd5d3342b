package io.codeploy.multiquery.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.Steering;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.prompt.Keyboard;
import io.codeploy.multiquery.ssh.MinaConnector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where a user types the command: environment, home, and what was printed. */
final class Terminal {
  private static final TimeSource TIME = TimeSource.system();

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private ByteArrayInputStream in = new ByteArrayInputStream(new byte[0]);
  private OptionalInt openFiles = OptionalInt.empty();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private final List<Runnable> interrupts = new CopyOnWriteArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private Optional<String> secret = Optional.empty();

  Terminal(Path home) {
    this.home = home;
  }

  Terminal export(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Sets MQ_NODES to a file of these lines. */
  Terminal exportNodes(String... lines) throws IOException {
    return export("MQ_NODES", Files.write(home.resolve("nodes"), List.of(lines)).toString());
  }

  /** What stands on standard input. */
  Terminal pipe(String text) {
    in = new ByteArrayInputStream(text.getBytes(UTF_8));
    return this;
  }

  /** How much of standard input nobody has read. */
  int unread() {
    return in.available();
  }

  Surroundings surroundings() {
    return new Surroundings(
        environment,
        home,
        "me",
        home,
        home,
        "1.2.3",
        new SplittableRandom(1),
        in,
        new PrintStream(out, false, UTF_8),
        new PrintStream(err, false, UTF_8),
        new Controls(openFiles, new Steering()));
  }

  /** Allows so many open files. */
  Terminal openFiles(int limit) {
    openFiles = OptionalInt.of(limit);
    return this;
  }

  /** Types {@code multiquery} and {@code arguments}, and returns the exit status. */
  int multiquery(String... arguments) {
    return multiquery(this::connector, TIME, arguments).status();
  }

  /** As {@link Main} has it, but for the machine's own ssh_config. */
  private Connector connector(SshOptions ssh, List<Node> first) throws IOException {
    List<Path> config = List.of(home.resolve(".ssh/config"));
    return ssh.command().isPresent()
        ? ssh.connector(surroundings(), TIME)
        : new MinaConnector(
            surroundings().ssh(ssh.slice()).withConfigFiles(config), TIME, first, () -> {});
  }

  /** The same with other connectors and another clock. */
  ExitCode multiquery(ConnectorFactory connectors, TimeSource time, String... arguments) {
    return run(command(connectors, time), arguments);
  }

  /** The same, with a prompt in which {@code keyboard} is typed on. */
  ExitCode prompt(
      ConnectorFactory connectors, TimeSource time, Keyboard keyboard, String... arguments) {
    return run(command(connectors, time).prompting((history, groups) -> keyboard), arguments);
  }

  private MultiqueryCommand command(ConnectorFactory connectors, TimeSource time) {
    return new MultiqueryCommand(connectors, time)
        .startedBy(new Operator(this::answer, interrupts::add));
  }

  private ExitCode run(MultiqueryCommand command, String... arguments) {
    Surroundings surroundings = surroundings();
    ExitCode code =
        CommandRunner.run(MultiqueryCommand.spec(), surroundings, List.of(arguments), command::run);
    surroundings.out().flush();
    surroundings.err().flush();
    return code;
  }

  /** What the user types when asked for a secret; without it there is no terminal. */
  Terminal type(String secret) {
    this.secret = Optional.of(secret);
    return this;
  }

  /** The user presses Ctrl-C for the first time. */
  void pressInterrupt() {
    interrupts.getLast().run();
  }

  /** What the user was asked. */
  List<String> questions() {
    return questions;
  }

  private Optional<char[]> answer(String question) {
    questions.add(question);
    return secret.map(String::toCharArray);
  }

  String out() {
    return out.toString(UTF_8);
  }

  byte[] outBytes() {
    return out.toByteArray();
  }

  String err() {
    return err.toString(UTF_8);
  }
}
