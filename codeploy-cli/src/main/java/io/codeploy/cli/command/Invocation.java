package io.codeploy.cli.command;

import io.codeploy.cli.deploy.Deployment;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One deployment as the command line asks for it.
 *
 * @param slice login where the list names none
 * @param agentDir on every node, absolute or relative to the home directory
 * @param progress how long an agent may be silent
 */
record Invocation(
    Deployment deployment, Optional<String> slice, String agentDir, Duration progress) {
  Invocation {
    Objects.requireNonNull(deployment, "deployment is null");
    Objects.requireNonNull(slice, "slice is null");
    Objects.requireNonNull(agentDir, "agentDir is null");
    Objects.requireNonNull(progress, "progress is null");
  }
}
