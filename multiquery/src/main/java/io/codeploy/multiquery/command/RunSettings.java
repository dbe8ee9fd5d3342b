package io.codeploy.multiquery.command;

import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.connect.RetryingConnector;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the MQ_ variables and the options of the same names say about a run.
 *
 * @param nodeOptions which nodes
 * @param ssh MQ_SLICE and MQ_SSH_COMMAND
 * @param timeout MQ_TIMEOUT, where given; zero for none
 * @param commandTimeout MQ_COMMAND_TIMEOUT; zero for none
 * @param pace MQ_MAXLOAD, MQ_DELAY and all that says when not to wait any longer
 * @param retries MQ_CONNECT_TIMEOUT and MQ_RETRIES
 * @param inOrder MQ_ORDER=1
 */
public record RunSettings(
    NodeOptions nodeOptions,
    SshOptions ssh,
    Optional<Duration> timeout,
    Duration commandTimeout,
    Pace pace,
    RetryRule retries,
    boolean inOrder) {
  public RunSettings {
    Objects.requireNonNull(nodeOptions, "nodeOptions is null");
    Objects.requireNonNull(ssh, "ssh is null");
    Objects.requireNonNull(timeout, "timeout is null");
    Objects.requireNonNull(commandTimeout, "commandTimeout is null");
    Objects.requireNonNull(pace, "pace is null");
    Objects.requireNonNull(retries, "retries is null");
  }

  /** Reads them: an option wins over its variable. No file is looked at. */
  public static RunSettings of(OptionValues options) throws UsageException {
    return new RunSettings(
        NodeOptions.of(options),
        SshOptions.of(options),
        options.seconds("timeout"),
        options.seconds("command-timeout").orElse(Duration.ZERO),
        PaceOptions.of(options),
        LimitOptions.of(options),
        options.flag("order"));
  }

  /** These, for a command without which nodes cannot finish: none of them can be left. */
  public RunSettings attended() throws UsageException {
    if (pace.barrier().stragglers() == Stragglers.LEAVE) {
      throw new UsageException("--stragglers leave is for codeploy; choose report or cut");
    }
    return this;
  }

  /** The nodes that the run is for; none where those that failed are meant, and none has. */
  public List<Node> nodes(Surroundings surroundings) throws UsageException, IOException {
    return nodeOptions.nodes(surroundings);
  }

  /**
   * These, with a window that the limit on open files has room for. A window that was asked for and
   * is larger is told of, in the name of {@code command}.
   */
  public RunSettings within(Surroundings surroundings, String command) {
    OptionalInt openFiles = surroundings.controls().openFiles();
    if (openFiles.isEmpty()) {
      return this;
    }
    int bound = ssh.window(openFiles.getAsInt(), pace.release().most(), surroundings);
    if (pace.release().start() > bound) {
      surroundings
          .err()
          .println(
              "%s: %d nodes at once instead of %d, since only %d files may be open (ulimit -n)"
                  .formatted(command, bound, pace.release().start(), openFiles.getAsInt()));
    }
    return new RunSettings(
        nodeOptions, ssh, timeout, commandTimeout, pace.boundedBy(bound), retries, inOrder);
  }

  /** {@code connector}, as persistent as was asked for. */
  public Connector persistent(Connector connector, TimeSource time, Surroundings surroundings) {
    return persistent(connector, retries, time, surroundings);
  }

  /** {@code connector}, with {@code retries} that are spread in another way in each process. */
  public static Connector persistent(
      Connector connector, RetryRule retries, TimeSource time, Surroundings surroundings) {
    return new RetryingConnector(connector, retries, time, surroundings.random().nextLong());
  }
}
