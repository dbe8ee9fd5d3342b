package io.codeploy.cli.command;

import io.codeploy.cli.deploy.Deployment;
import io.codeploy.multiquery.command.SshOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * One deployment as the command line asks for it.
 *
 * @param ssh how to connect
 * @param agentDir on every node, absolute or relative to the home directory
 * @param nice niceness of agents that are started
 * @param progress how long an agent may be silent
 */
record Invocation(
    Deployment deployment, SshOptions ssh, String agentDir, int nice, Duration progress) {
  Invocation {
    Objects.requireNonNull(deployment, "deployment is null");
    Objects.requireNonNull(ssh, "ssh is null");
    Objects.requireNonNull(agentDir, "agentDir is null");
    Objects.requireNonNull(progress, "progress is null");
  }
}
