package io.codeploy.multiquery.warm.wire;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Nodes, failures and endings as frames. */
public final class Values {
  private static final int MAX_PORT = 65_535;

  private Values() {}

  /** Appends a node, without its labels. */
  public static Content put(Content content, Node node) {
    return content
        .text(node.name())
        .text(node.host())
        .text(node.user())
        .number(node.port().orElse(0));
  }

  /** The next node. */
  public static Node node(Fields fields) throws ProtocolException {
    return new Node(
        fields.text(), fields.text(), fields.optional(), optionalPort(fields), Map.of());
  }

  /** A port, or 0 for none. */
  public static OptionalInt optionalPort(Fields fields) throws ProtocolException {
    int port = port(fields);
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /** A number that a port may have. */
  public static int port(Fields fields) throws ProtocolException {
    int port = fields.number();
    if (port < 0 || port > MAX_PORT) {
      throw new ProtocolException("a port of " + port);
    }
    return port;
  }

  /** How a node failed. */
  public static Frame failed(NodeFailure failure) {
    Content content = new Content();
    Content put =
        switch (failure) {
          case NodeFailure.Unreachable f -> content.one(1).text(f.message());
          case NodeFailure.TurnedAway f -> content.one(2).text(f.message());
          case NodeFailure.HostKeyRejected f -> content.one(3).text(f.message());
          case NodeFailure.AuthenticationRejected f -> content.one(4).text(f.message());
          case NodeFailure.Disconnected f -> content.one(5).text(f.message());
          case NodeFailure.RemoteFailure f -> content.one(6).text(f.message());
          case NodeFailure.TimedOut f -> content.one(7).text(f.phase()).time(f.limit());
          case NodeFailure.Straggler f -> content.one(8).time(f.after());
          case NodeFailure.LeftBehind f -> content.one(9).time(f.after()).text(f.rest());
        };
    return put.as(FrameType.FAILED);
  }

  /** What a {@link FrameType#FAILED} frame tells. */
  public static NodeFailure failure(Frame frame) throws ProtocolException {
    Fields fields = frame.fields();
    NodeFailure failure =
        switch (fields.one()) {
          case 1 -> new NodeFailure.Unreachable(fields.text());
          case 2 -> new NodeFailure.TurnedAway(fields.text());
          case 3 -> new NodeFailure.HostKeyRejected(fields.text());
          case 4 -> new NodeFailure.AuthenticationRejected(fields.text());
          case 5 -> new NodeFailure.Disconnected(fields.text());
          case 6 -> new NodeFailure.RemoteFailure(fields.text());
          case 7 -> new NodeFailure.TimedOut(fields.text(), fields.time());
          case 8 -> new NodeFailure.Straggler(fields.time());
          case 9 -> new NodeFailure.LeftBehind(fields.time(), fields.text());
          default -> throw new ProtocolException("an unknown kind of failure");
        };
    fields.end();
    return failure;
  }

  /** How a command ended. */
  public static Frame ended(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> new Content().number(exited.code()).as(FrameType.EXITED);
      case ExitStatus.Signalled signalled ->
          new Content().text(signalled.name()).as(FrameType.SIGNALLED);
    };
  }

  /** How a command ended, if {@code frame} tells that. */
  public static Optional<ExitStatus> status(Frame frame) throws ProtocolException {
    Fields fields = frame.fields();
    Optional<ExitStatus> status =
        switch (frame.type()) {
          case EXITED -> Optional.of(new ExitStatus.Exited(fields.number()));
          case SIGNALLED -> Optional.of(new ExitStatus.Signalled(fields.text()));
          default -> Optional.empty();
        };
    if (status.isPresent()) {
      fields.end();
    }
    return status;
  }
}
