package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.HeadStart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link HeadStart} for a run that seems to connect by itself. What a run is shows only when its
 * arguments are read; a wrong guess costs time, nothing else.
 */
public final class EarlySsh {
  /** Those that end without a connection, or get it from another process. */
  private static final Set<String> OTHERS =
      Set.of(
          "-h",
          "-V",
          "--help",
          "--version",
          "--dry-run",
          "--keeper",
          "--kept",
          "--persist",
          "--ssh-command");

  private static final Set<String> OTHER_VARIABLES =
      Set.of("MQ_DRY_RUN", "MQ_PERSIST", "MQ_SSH_COMMAND");

  private final Optional<HeadStart> start;

  private EarlySsh(Optional<HeadStart> start) {
    this.start = start;
  }

  /** Begins, if {@code arguments} and {@code environment} look like it. */
  public static EarlySsh begin(List<String> arguments, Map<String, String> environment) {
    return new EarlySsh(
        wanted(arguments, environment) ? Optional.of(HeadStart.begin()) : Optional.empty());
  }

  static boolean wanted(List<String> arguments, Map<String, String> environment) {
    return !arguments.isEmpty()
        && arguments.stream().map(EarlySsh::name).noneMatch(OTHERS::contains)
        && OTHER_VARIABLES.stream().noneMatch(environment::containsKey);
  }

  private static String name(String argument) {
    int end = argument.indexOf('=');
    return end < 0 ? argument : argument.substring(0, end);
  }

  /** What makes the connector, which uses the SSH library once the head start is over. */
  public ConnectorFactory connectors(Surroundings surroundings, TimeSource time) {
    return (ssh, first) ->
        ssh.connector(surroundings, time, first, () -> start.ifPresent(HeadStart::join));
  }
}
