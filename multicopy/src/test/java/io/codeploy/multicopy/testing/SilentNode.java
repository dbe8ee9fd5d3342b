package io.codeploy.multicopy.testing;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.Node;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A connection to no node, of which only what a test overrides may be asked. */
public abstract class SilentNode implements Connection {
  /** What a command says, whatever it is told. */
  protected static ByteStream saying(InputStream said) {
    return new ByteStream() {
      @Override
      public InputStream in() {
        return said;
      }

      @Override
      public OutputStream out() {
        return OutputStream.nullOutputStream();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Node node() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public InetSocketAddress localAddress() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException {
    throw new UnsupportedOperationException();
  }

  @Override
  public ByteStream open(String command, Duration limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ByteStream openTcp(String host, int port, Duration limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int forwardFromNode(InetSocketAddress target, Duration limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RemoteFiles files(Duration limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
