package io.codeploy.cli.fleet;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Leads to a port of this machine, by forwarding or, where that is prohibited, by a command. */
final class SocketConnection implements Connection {
  private final int port;
  private final boolean forwards;
  private final List<String> opened = new ArrayList<>();

  SocketConnection(int port, boolean forwards) {
    this.port = port;
    this.forwards = forwards;
  }

  List<String> opened() {
    return List.copyOf(opened);
  }

  @Override
  public ByteStream openTcp(String host, int wanted, Duration limit) throws NodeFailedException {
    opened.add(host);
    if (!forwards) {
      throw new NodeFailedException(new RemoteFailure("prohibited"));
    }
    return stream();
  }

  @Override
  public ByteStream open(String command, Duration limit) {
    opened.add(command);
    return stream();
  }

  private ByteStream stream() {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      return new ByteStream() {
        @Override
        public InputStream in() {
          return in;
        }

        @Override
        public OutputStream out() {
          return out;
        }

        @Override
        public void close() throws IOException {
          socket.close();
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Node node() {
    throw new AssertionError("not asked");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public InetSocketAddress localAddress() {
    throw new AssertionError("not asked");
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit) {
    throw new AssertionError("not asked");
  }

  @Override
  public int forwardFromNode(InetSocketAddress target, Duration limit) {
    throw new AssertionError("not asked");
  }

  @Override
  public RemoteFiles files(Duration limit) {
    throw new AssertionError("not asked");
  }

  @Override
  public void close() {}
}
