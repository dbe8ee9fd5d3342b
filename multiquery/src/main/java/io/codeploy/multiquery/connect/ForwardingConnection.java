package io.codeploy.multiquery.connect;

import io.codeploy.multiquery.node.Node;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A connection that is another one but for what a subclass overrides. {@link #hasRoomToStandBy} and
 * {@link #standBy} are not forwarded: there are none, so that a subclass hears of all that is done.
 */
public abstract class ForwardingConnection implements Connection {
  private final Connection connection;

  protected ForwardingConnection(Connection connection) {
    this.connection = connection;
  }

  /** The one that all goes to. */
  protected final Connection connection() {
    return connection;
  }

  @Override
  public Node node() {
    return connection.node();
  }

  @Override
  public boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public boolean answers(Duration limit) throws InterruptedException {
    return connection.answers(limit);
  }

  @Override
  public String user() {
    return connection.user();
  }

  @Override
  public InetSocketAddress localAddress() {
    return connection.localAddress();
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return connection.execute(command, stdin, out, err, limit);
  }

  @Override
  public ExitStatus executeOnLeash(
      LeashedCommand command, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return connection.executeOnLeash(command, leash, out, err, limit);
  }

  @Override
  public ByteStream open(String command, Duration limit)
      throws NodeFailedException, InterruptedException {
    return connection.open(command, limit);
  }

  @Override
  public ByteStream openSubsystem(String name, Duration limit)
      throws NodeFailedException, InterruptedException {
    return connection.openSubsystem(name, limit);
  }

  @Override
  public ByteStream openTcp(String host, int port, Duration limit)
      throws NodeFailedException, InterruptedException {
    return connection.openTcp(host, port, limit);
  }

  @Override
  public int forwardFromNode(InetSocketAddress target, Duration limit)
      throws NodeFailedException, InterruptedException {
    return connection.forwardFromNode(target, limit);
  }

  @Override
  public RemoteFiles files(Duration limit) throws NodeFailedException, InterruptedException {
    return connection.files(limit);
  }

  @Override
  public void close() {
    connection.close();
  }

  @Override
  public String toString() {
    return connection.toString();
  }
}
