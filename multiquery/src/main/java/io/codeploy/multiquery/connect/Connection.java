package io.codeploy.multiquery.connect;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * An authenticated connection to one node, usable for any number of steps, also from several
 * threads at once. {@link #close} is immediate.
 */
public interface Connection extends AutoCloseable {
  /** The node it leads to. */
  Node node();

  /**
   * Whether it is of use, as far as is known here and now: not closed, and not found lost. A peer
   * that fell silent is found by its {@code ServerAliveInterval} only, or by {@link #answers}.
   */
  boolean isOpen();

  /**
   * Asks the other end for a sign of life and waits for it, at most {@code limit}.
   *
   * @return as {@link #isOpen} where there is no way to ask
   */
  default boolean answers(Duration limit) throws InterruptedException {
    return isOpen();
  }

  /** The login on it. */
  default String user() {
    return node().user().orElse("");
  }

  /** This end of the connection, as seen by this machine. */
  InetSocketAddress localAddress();

  /**
   * Runs {@code command} in the login shell and waits for its end. {@code stdin} is sent whole,
   * then closed; the sinks get bytes as they arrive, off the I/O threads, and are not closed.
   *
   * @param limit from the start of the command; zero for none. When it is reached the remote
   *     process group gets TERM, then the channel is closed, and {@code TimedOut} is thrown
   */
  ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException;

  /**
   * The same for a command that ends by itself, and what it started, when its input ends before it
   * does: it is sent no signal, since the channel's close tells it more.
   */
  default ExitStatus executeOnLeash(
      LeashedCommand command, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return execute(command.text(), leash, out, err, limit);
  }

  /**
   * Whether {@link #standBy} may be used: this kind of connection has it, and the server is found
   * to have room for a command beside it. While that is tried nothing else may be done.
   */
  default boolean hasRoomToStandBy(Duration limit) throws InterruptedException {
    return false;
  }

  /**
   * Starts a command whose streams nobody carries yet.
   *
   * @param limit until the server has started it; not for what it then does
   * @return empty where this kind of connection has no such thing
   */
  default Optional<StandBy> standBy(String command, Duration limit)
      throws NodeFailedException, InterruptedException {
    return Optional.empty();
  }

  /** Runs {@code command} as a two-way stream, for a relay that speaks on its stdin and stdout. */
  ByteStream open(String command, Duration limit) throws NodeFailedException, InterruptedException;

  /**
   * Starts a subsystem of the server, such as {@code sftp}, as a two-way stream.
   *
   * @throws NodeFailedException also where this kind of connection has none
   */
  default ByteStream openSubsystem(String name, Duration limit)
      throws NodeFailedException, InterruptedException {
    throw new NodeFailedException(new NodeFailure.RemoteFailure("no subsystem " + name));
  }

  /**
   * Opens a TCP stream from the node to {@code host}:{@code port} ({@code direct-tcpip}).
   *
   * @throws NodeFailedException also where the server prohibits forwarding
   */
  ByteStream openTcp(String host, int port, Duration limit)
      throws NodeFailedException, InterruptedException;

  /**
   * Makes the node listen on its loopback address and forwards what connects there to {@code
   * target} on this side, until the connection is closed.
   *
   * @return the port on the node
   */
  int forwardFromNode(InetSocketAddress target, Duration limit)
      throws NodeFailedException, InterruptedException;

  /** The file system of the node over SFTP; the caller closes it. */
  RemoteFiles files(Duration limit) throws NodeFailedException, InterruptedException;

  @Override
  void close();
}
