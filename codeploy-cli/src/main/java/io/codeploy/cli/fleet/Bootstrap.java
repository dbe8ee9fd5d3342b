package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentState;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.cli.fleet.SeedPlan.Answer;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
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

  /**
   * Where another node gives the image.
   *
   * @param token good for one answer
   */
  record Source(String host, int port, BearerToken token) {}

  /**
   * What came of asking another node.
   *
   * @param why it is not the image; empty when it is
   */
  record Fetched(Answer answer, String why) {}

  /** Whether {@code image} has to be installed. */
  static boolean lacks(NodeFacts node, AgentImage image) {
    return !node.images().contains(image.name());
  }

  /**
   * Uploads and installs {@code image}.
   *
   * @param arrived called once its archive is there, before it is unpacked
   */
  void send(Connection connection, NodeFacts node, AgentImage image, Runnable arrived)
      throws NodeFailedException, InterruptedException {
    String command = Script.INSTALL_SENT.asCommand(arguments(node, image));
    Duration limit = limits.upload(image.archiveBytes());
    try (InputStream archive = new BufferedInputStream(Files.newInputStream(image.archive()))) {
      RemoteScript.run(connection, command, archive, limit, arrived);
    } catch (NodeFailedException e) {
      throw e;
    } catch (IOException e) {
      // The distribution's own file: not the node's fault, and not to be reported as such.
      throw new UncheckedIOException("cannot read " + image.archive(), e);
    }
  }

  /**
   * Has the node get {@code image} from another one, and installs it.
   *
   * @param arrived called once its archive is there and right, before it is unpacked
   * @throws NodeFailedException where the node itself fails
   */
  Fetched fetch(
      Connection connection, NodeFacts node, AgentImage image, Source source, Runnable arrived)
      throws NodeFailedException, InterruptedException {
    List<String> arguments = new ArrayList<>(arguments(node, image));
    arguments.add(source.host());
    arguments.add(String.valueOf(source.port()));
    arguments.add(String.valueOf(image.archiveBytes()));
    // Not an argument: those of a process can be seen by everybody on the node.
    String token = source.token().hex() + "\n";
    Marked lines =
        RemoteScript.run(
            connection,
            Script.INSTALL_FETCHED.asCommand(arguments),
            new ByteArrayInputStream(token.getBytes(StandardCharsets.US_ASCII)),
            limits.upload(image.archiveBytes()),
            arrived);
    Optional<Fetched> wrong = lines.first("false").map(why -> new Fetched(Answer.FALSE, why));
    return wrong
        .or(() -> lines.first("unable").map(why -> new Fetched(Answer.UNABLE, why)))
        .or(() -> lines.first("lost").map(why -> new Fetched(Answer.LOST, why)))
        .orElse(new Fetched(Answer.GOT, ""));
  }

  private static List<String> arguments(NodeFacts node, AgentImage image) {
    return List.of(node.agentDir(), image.name(), image.digest().toString());
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
            terms.idleOut().map(limit -> Math.max(1, limit.toSeconds()) + "s").orElse(""),
            terms.nice() == 0 ? "" : String.valueOf(terms.nice()));
    Marked lines =
        RemoteScript.run(
            connection,
            Script.START.asCommand(arguments),
            InputStream.nullInputStream(),
            limits.start().plus(COMMAND_MARGIN));
    return NodeProbe.state(lines)
        .orElseThrow(() -> failure("cannot read " + node.agentDir() + "/agent.state"));
  }

  /**
   * Fails unless the node has what it takes to install {@code image}.
   *
   * @param beside how many bytes have to be free then
   */
  static void checkRoom(NodeFacts node, AgentImage image, long beside) throws NodeFailedException {
    List<String> missing =
        Stream.of("tar", "gzip", "sha256sum").filter(tool -> !node.tools().contains(tool)).toList();
    if (!missing.isEmpty()) {
      throw failure("no " + String.join(", ", missing) + " on the node; install it");
    }
    if (!node.disk().writable()) {
      throw failure(node.agentDir() + " is not writable; choose another --agent-dir");
    }
    long wanted = ROOM * image.archiveBytes() + beside;
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
