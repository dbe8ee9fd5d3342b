package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.FileSystem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The use of a pooled connection by one user. When it is closed the connection is kept, unless
 * something goes on over it: a command, a stream, a forwarded port. Then it is closed, so that the
 * end of this use ends them, as the end of any connection does.
 */
final class Lease implements Connection {
  private final Pool pool;
  private final Node node;
  private final Connection connection;
  private final Duration keep;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Something was started that only the connection's end ends, or it is not wanted any more. */
  private volatile boolean spent;

  private volatile boolean doubtful;

  Lease(Pool pool, Node node, Connection connection, Duration keep) {
    this.pool = pool;
    this.node = node;
    this.connection = connection;
    this.keep = keep;
  }

  private interface Step<T> {
    T take() throws NodeFailedException, InterruptedException;
  }

  /** Does {@code step}; {@code after} is how many things go on when it is done. */
  private <T> T during(Step<T> step, int after) throws NodeFailedException, InterruptedException {
    underWay.incrementAndGet();
    boolean done = false;
    try {
      T result = step.take();
      done = true;
      return result;
    } catch (NodeFailedException e) {
      doubtful = true;
      throw e;
    } finally {
      underWay.addAndGet(done ? after - 1 : -1);
    }
  }

  /** Has it closed when it is given back. */
  void forget() {
    spent = true;
  }

  Connection connection() {
    return connection;
  }

  Duration keep() {
    return keep;
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public boolean isOpen() {
    return !closed.get() && connection.isOpen();
  }

  @Override
  public boolean answers(Duration limit) throws InterruptedException {
    return !closed.get() && connection.answers(limit);
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
    return during(() -> connection.execute(command, stdin, out, err, limit), 0);
  }

  @Override
  public ExitStatus executeOnLeash(
      String command, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return during(() -> connection.executeOnLeash(command, leash, out, err, limit), 0);
  }

  @Override
  public ByteStream open(String command, Duration limit)
      throws NodeFailedException, InterruptedException {
    return during(() -> new Stream(connection.open(command, limit)), 1);
  }

  @Override
  public ByteStream openTcp(String host, int port, Duration limit)
      throws NodeFailedException, InterruptedException {
    return during(() -> new Stream(connection.openTcp(host, port, limit)), 1);
  }

  @Override
  public int forwardFromNode(InetSocketAddress target, Duration limit)
      throws NodeFailedException, InterruptedException {
    spent = true;
    return during(() -> connection.forwardFromNode(target, limit), 0);
  }

  @Override
  public RemoteFiles files(Duration limit) throws NodeFailedException, InterruptedException {
    return during(() -> new Files(connection.files(limit)), 1);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      boolean atRest = underWay.get() == 0 && !spent;
      pool.takeBack(this, atRest && connection.isOpen(), doubtful);
    }
  }

  @Override
  public String toString() {
    return connection.toString();
  }

  private final class Stream implements ByteStream {
    private final ByteStream stream;
    private final AtomicBoolean ended = new AtomicBoolean();

    Stream(ByteStream stream) {
      this.stream = stream;
    }

    @Override
    public InputStream in() {
      return stream.in();
    }

    @Override
    public OutputStream out() {
      return stream.out();
    }

    @Override
    public void close() throws IOException {
      if (ended.compareAndSet(false, true)) {
        underWay.decrementAndGet();
      }
      stream.close();
    }
  }

  private final class Files implements RemoteFiles {
    private final RemoteFiles files;
    private final AtomicBoolean ended = new AtomicBoolean();

    Files(RemoteFiles files) {
      this.files = files;
    }

    @Override
    public FileSystem fileSystem() {
      return files.fileSystem();
    }

    @Override
    public void close() throws IOException {
      if (ended.compareAndSet(false, true)) {
        underWay.decrementAndGet();
      }
      files.close();
    }
  }
}
