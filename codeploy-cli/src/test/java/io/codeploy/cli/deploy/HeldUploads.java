package io.codeploy.cli.deploy;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.ForwardingConnection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that count the uploads of an image that are under way. None of them goes on before so
 * many nodes are connected to, so that there are some that would like to begin.
 */
final class HeldUploads implements Connector {
  private final Connector connector;
  private final String digest;
  private final CountDownLatch connected;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger all = new AtomicInteger();

  /**
   * Over those of {@code connector}, which is closed with this.
   *
   * @param digest of the image, which the command of its upload names
   */
  HeldUploads(Connector connector, String digest, int connected) {
    this.connector = connector;
    this.digest = digest;
    this.connected = new CountDownLatch(connected);
  }

  /** How many were under way at once. */
  int most() {
    return most.get();
  }

  /** How many there were. */
  int all() {
    return all.get();
  }

  @Override
  public void prepare(List<Node> nodes) throws IOException {
    connector.prepare(nodes);
  }

  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    Connection connection = connector.connect(node, limit);
    connected.countDown();
    return new Watched(connection);
  }

  @Override
  public void close() {
    connector.close();
  }

  private final class Watched extends ForwardingConnection {
    Watched(Connection connection) {
      super(connection);
    }

    @Override
    public ExitStatus execute(
        String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
        throws NodeFailedException, InterruptedException {
      if (!command.contains(digest)) {
        return super.execute(command, stdin, out, err, limit);
      }
      all.incrementAndGet();
      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      try {
        connected.await();
        return super.execute(command, stdin, out, err, limit);
      } finally {
        underWay.decrementAndGet();
      }
    }
  }
}
