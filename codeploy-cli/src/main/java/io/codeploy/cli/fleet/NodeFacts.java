package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentState;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a node told of itself.
 *
 * @param platform system, machine and C library
 * @param agentDir absolute path of the agent directory, existing or not
 * @param sshAddress the node's own address of the connection that SSH came in on
 * @param disk what is to be known of the file system of the agent directory
 * @param tools which of tar, gzip and sha256sum are there
 * @param images names of the images that are installed
 * @param javaFeature first number of the version of the node's own Java, where it was asked for
 * @param running state of an agent whose process is alive
 */
record NodeFacts(
    Platform platform,
    String agentDir,
    Optional<String> sshAddress,
    Disk disk,
    Set<String> tools,
    Set<String> images,
    OptionalInt javaFeature,
    Optional<AgentState> running) {
  record Platform(String system, String machine, boolean glibc) {
    @Override
    public String toString() {
      return system + " " + machine + (system.equals("Linux") && !glibc ? " without glibc" : "");
    }
  }

  record Disk(boolean writable, OptionalLong freeBytes) {}

  NodeFacts {
    Objects.requireNonNull(platform, "platform is null");
    Objects.requireNonNull(agentDir, "agentDir is null");
    tools = Set.copyOf(tools);
    images = Set.copyOf(images);
  }

  /** Whether the runtime for 64-bit x86 Linux runs there. */
  boolean fitsShippedRuntime() {
    return platform.equals(new Platform("Linux", "x86_64", true));
  }
}
