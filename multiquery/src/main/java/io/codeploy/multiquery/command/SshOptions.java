package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.ssh.MinaConnector;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.ssh.config.SshConfigException;
import io.codeploy.multiquery.ssh.config.SshConfigReader;
import io.codeploy.multiquery.systemssh.SystemSshConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options on how to connect.
 *
 * @param slice MQ_SLICE, the login where the list names none
 * @param command MQ_SSH_COMMAND, the program to connect with instead of our own client
 * @param keep MQ_PERSIST, how long sessions are kept for the next run
 */
public record SshOptions(
    Optional<String> slice, Optional<String> command, Optional<Duration> keep) {
  /** Our own client, nothing asked for. */
  public static final SshOptions NONE = new SshOptions(Optional.empty(), Optional.empty());

  public SshOptions {
    Objects.requireNonNull(slice, "slice is null");
    Objects.requireNonNull(command, "command is null");
    Objects.requireNonNull(keep, "keep is null");
  }

  /** Options that keep nothing. */
  public SshOptions(Optional<String> slice, Optional<String> command) {
    this(slice, command, Optional.empty());
  }

  static void addTo(CommandSpec spec) {
    spec.addOption(Options.text("USER", "login where the list names none (MQ_SLICE)", "--slice"));
    spec.addOption(
        Options.text(
            "COMMAND",
            "connect with this program, such as \"ssh -o GSSAPIAuthentication=yes\""
                + " (MQ_SSH_COMMAND)",
            "--ssh-command"));
    PersistOptions.addTo(spec);
  }

  static SshOptions of(OptionValues options) throws UsageException {
    return new SshOptions(
        options.text("slice"), options.text("ssh-command"), PersistOptions.of(options));
  }

  /**
   * How many nodes may be under way at once where {@code openFiles} may be open.
   *
   * @param most that are asked for; what ssh_config has to say is looked at only where it matters
   */
  int window(int openFiles, int most, Surroundings surroundings) {
    if (command.isPresent()) {
      return OpenFiles.windowOfProcesses(openFiles);
    }
    int ofProxies = OpenFiles.windowOfProxies(openFiles);
    return most > ofProxies && hasProxyCommand(surroundings)
        ? ofProxies
        : OpenFiles.window(openFiles);
  }

  private boolean hasProxyCommand(Surroundings surroundings) {
    try {
      List<Path> files = surroundings.ssh(slice).configFiles();
      return new SshConfigReader(surroundings.home()).read(files).hasProxyCommand();
    } catch (SshConfigException e) {
      // Whoever connects is told.
      return false;
    }
  }

  /**
   * A connector for these; the caller closes it.
   *
   * @throws IOException if ssh_config or the program cannot be used; one line for people
   */
  public Connector connector(Surroundings surroundings, TimeSource time) throws IOException {
    return connector(surroundings, time, List.of(), () -> {});
  }

  /**
   * The same as {@link ConnectorFactory} has it.
   *
   * @param ready returns when the SSH library may be used
   */
  Connector connector(Surroundings surroundings, TimeSource time, List<Node> first, Runnable ready)
      throws IOException {
    if (keep.isEmpty() && command.isEmpty()) {
      return new MinaConnector(surroundings.ssh(slice), time, first, ready);
    }
    ready.run();
    return keep.isPresent()
        ? new WarmSessions(surroundings, time).connector(this, keep.get())
        : cold(surroundings, new TerminalPerson(surroundings.err()), time);
  }

  /** The same without sessions that are kept, for {@code person} at the terminal. */
  Connector cold(Surroundings surroundings, Person person, TimeSource time) throws IOException {
    return command.isPresent()
        ? SystemSshConnector.open(command.get(), slice, surroundings.temporary(), time)
        : new MinaConnector(surroundings.ssh(slice).withPerson(person), time);
  }
}
