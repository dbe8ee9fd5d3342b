package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentState;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Installs an image on a node and starts its agent, each in one command. */
final class Bootstrap {
  /** Archive, unpacked image, and some room for the store, in sizes of the archive. */
  private static final int ROOM = 5;

  private static final Duration COMMAND_MARGIN = Duration.ofSeconds(10);

  private final FleetLimits limits;

  Bootstrap(FleetLimits limits) {
    this.limits = limits;
  }

  /** Uploads {@code image} unless the node has it. */
  void install(Connection connection, NodeFacts node, AgentImage image)
      throws NodeFailedException, InterruptedException {
    if (node.images().contains(image.name())) {
      return;
    }
    checkRoom(node, image);
    String command =
        Script.INSTALL.asCommand(List.of(node.agentDir(), image.name(), image.digest().toString()));
    try (InputStream archive = new BufferedInputStream(Files.newInputStream(image.archive()))) {
      RemoteScript.run(connection, command, archive, limits.upload(image.archiveBytes()));
    } catch (NodeFailedException e) {
      throw e;
    } catch (IOException e) {
      // The distribution's own file: not the node's fault, and not to be reported as such.
      throw new UncheckedIOException("cannot read " + image.archive(), e);
    }
  }

  /**
   * Starts the agent, or finds that another controller just did, and waits until it is up.
   *
   * @param silent an agent that the node believes to run and that does not answer: ended first
   * @param terms when it is to end
   */
  AgentState start(
      Connection connection,
      NodeFacts node,
      AgentImage image,
      Optional<AgentState> silent,
      Terms terms)
      throws NodeFailedException, InterruptedException {
    String address =
        node.sshAddress()
            .orElseThrow(
                () ->
                    failure(
                        "sshd did not tell the address it was reached at (SSH_CONNECTION);"
                            + " the agent has to know where to listen"));
    List<String> arguments =
        List.of(
            node.agentDir(),
            image.name(),
            address,
            String.valueOf(limits.start().toSeconds()),
            String.valueOf(silent.map(AgentState::pid).orElse(0L)),
            terms.idleOut().map(limit -> Math.max(1, limit.toSeconds()) + "s").orElse(""));
    Marked lines =
        RemoteScript.run(
            connection,
            Script.START.asCommand(arguments),
            InputStream.nullInputStream(),
            limits.start().plus(COMMAND_MARGIN));
    return NodeProbe.state(lines)
        .orElseThrow(() -> failure("cannot read " + node.agentDir() + "/agent.state"));
  }

  private static void checkRoom(NodeFacts node, AgentImage image) throws NodeFailedException {
    List<String> missing =
        Stream.of("tar", "gzip", "sha256sum").filter(tool -> !node.tools().contains(tool)).toList();
    if (!missing.isEmpty()) {
      throw failure("no " + String.join(", ", missing) + " on the node; install it");
    }
    if (!node.disk().writable()) {
      throw failure(node.agentDir() + " is not writable; choose another --agent-dir");
    }
    long wanted = ROOM * image.archiveBytes();
    if (node.disk().freeBytes().orElse(Long.MAX_VALUE) < wanted) {
      throw failure(
          "no space for the agent: "
              + (node.disk().freeBytes().getAsLong() >> 20)
              + " MiB free at "
              + node.agentDir()
              + ", "
              + (wanted >> 20)
              + " MiB wanted; free some or choose another --agent-dir");
    }
  }

  private static NodeFailedException failure(String message) {
    return new NodeFailedException(new RemoteFailure(message));
  }
}
