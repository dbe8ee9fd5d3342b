package io.codeploy.cli.fleet;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a node may take.
 *
 * @param command for a short command or request
 * @param start for an agent to come up, on a machine that may be busy
 * @param progress for a running deployment to give a sign of life
 */
public record FleetLimits(Duration command, Duration start, Duration progress) {
  /** The least rate at which an image has to go up, 32 KiB/s, beyond the limit for a command. */
  private static final long LEAST_UPLOAD_BYTES_PER_SECOND = 32 << 10;

  public FleetLimits {
    Objects.requireNonNull(command, "command is null");
    Objects.requireNonNull(start, "start is null");
    Objects.requireNonNull(progress, "progress is null");
  }

  /** 30 s for a command, 3 min for a start on a loaded machine, 60 s without a sign of life. */
  public static FleetLimits defaults() {
    return new FleetLimits(Duration.ofSeconds(30), Duration.ofMinutes(3), Duration.ofSeconds(60));
  }

  /** The same with another limit for progress. */
  public FleetLimits withProgress(Duration limit) {
    return new FleetLimits(command, start, limit);
  }

  /** For the upload of so many bytes. */
  Duration upload(long bytes) {
    return command.plusSeconds(bytes / LEAST_UPLOAD_BYTES_PER_SECOND);
  }
}
