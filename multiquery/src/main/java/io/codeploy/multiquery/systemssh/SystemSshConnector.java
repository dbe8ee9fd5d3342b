package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens connections with the system's own OpenSSH client, for what ours does not know: GSSAPI,
 * security keys, smart cards. Configuration, keys and host keys are that program's business; it is
 * never let ask.
 */
public final class SystemSshConnector implements Connector {
  /** Gives a program a session of its own, and so no signals of our terminal. Not on macOS. */
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final SshCommand command;
  private final Optional<String> defaultUser;
  private final TimeSource time;
  private final ControlDirectory directory;
  private final List<String> prefix;
  private final Set<Master> masters = ConcurrentHashMap.newKeySet();

  private SystemSshConnector(
      SshCommand command,
      Optional<String> defaultUser,
      ControlDirectory directory,
      TimeSource time) {
    this.command = command;
    this.defaultUser = defaultUser;
    this.directory = directory;
    this.time = time;
    this.prefix = Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of();
  }

  /**
   * A connector that runs {@code commandLine}, a program and options before the host.
   *
   * @param defaultUser login for nodes whose list entry names none
   * @param temporary where to make the private directory of the connections' sockets
   * @throws IOException if this is not OpenSSH's client; one line for people
   */
  public static SystemSshConnector open(
      String commandLine, Optional<String> defaultUser, Path temporary, TimeSource time)
      throws IOException {
    SshCommand command = SshCommand.parse(commandLine);
    checkVersion(command);
    return new SystemSshConnector(command, defaultUser, ControlDirectory.in(temporary), time);
  }

  private static void checkVersion(SshCommand command) throws IOException {
    List<String> line = new ArrayList<>(command.words());
    line.add("-V");
    Process process;
    try {
      process = new ProcessBuilder(line).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException("cannot run \"" + command + "\"; is it installed?", e);
    }
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (!said.contains("OpenSSH")) {
      throw new IOException(
          "\"%s -V\" does not tell a version of OpenSSH: %s"
              .formatted(command, SshFailures.lastLine(said)));
    }
  }

  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    Deadline deadline = Deadline.after(time, limit);
    Master master = Master.start(new Target(prefix, command, node, defaultUser), directory);
    masters.add(master);
    boolean ready = false;
    try {
      master.await(deadline);
      ready = true;
    } finally {
      if (!ready) {
        close(master);
      }
    }
    return new SystemSshConnection(master, directory, time);
  }

  private void close(Master master) {
    master.close();
    master.awaitEnd();
    masters.remove(master);
  }

  /** Ends all ssh processes and waits for that, a second at most for each. */
  @Override
  public void close() {
    masters.forEach(Master::close);
    masters.forEach(Master::awaitEnd);
    directory.close();
  }
}
