package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.ForwardingConnection;
import io.codeploy.multiquery.connect.LeashedCommand;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
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
 * something goes on over it, or may do so: a command that did not come to its end, a stream, a
 * forwarded port. Then it is closed, so that the end of this use ends them, as the end of any
 * connection does.
 */
public final class Lease extends ForwardingConnection {
  private final Pool pool;
  private final Node node;
  private final Duration keep;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Something was started that only the connection's end ends, or it is not wanted any more. */
  private volatile boolean spent;

  /** {@code node} as its user has it; the connection may have been made for another one. */
  Lease(Pool pool, Node node, Connection connection, Duration keep) {
    super(connection);
    this.pool = pool;
    this.node = node;
    this.keep = keep;
  }

  private interface Step<T> {
    T take() throws NodeFailedException, InterruptedException;
  }

  /** Runs a command. One that was not waited for may have left something that goes on. */
  private ExitStatus run(Step<ExitStatus> command)
      throws NodeFailedException, InterruptedException {
    underWay.incrementAndGet();
    boolean ended = false;
    try {
      ExitStatus status = command.take();
      ended = true;
      return status;
    } finally {
      spent |= !ended;
      underWay.decrementAndGet();
    }
  }

  /** Opens what goes on afterwards. */
  private <T> T opened(Step<T> opening) throws NodeFailedException, InterruptedException {
    underWay.incrementAndGet();
    boolean open = false;
    try {
      T result = opening.take();
      open = true;
      return result;
    } catch (NodeFailedException e) {
      // A server that refuses is none that is in doubt.
      spent |= !(e.failure() instanceof NodeFailure.RemoteFailure);
      throw e;
    } finally {
      if (!open) {
        underWay.decrementAndGet();
      }
    }
  }

  /** Has the connection closed when this use of it ends. */
  public void forget() {
    spent = true;
  }

  /** What it is the use of. */
  Connection lent() {
    return connection();
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
    return !closed.get() && super.isOpen();
  }

  @Override
  public boolean answers(Duration limit) throws InterruptedException {
    return !closed.get() && super.answers(limit);
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return run(() -> super.execute(command, stdin, out, err, limit));
  }

  @Override
  public ExitStatus executeOnLeash(
      LeashedCommand command, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return run(() -> super.executeOnLeash(command, leash, out, err, limit));
  }

  @Override
  public ByteStream open(String command, Duration limit)
      throws NodeFailedException, InterruptedException {
    return opened(() -> new Stream(super.open(command, limit)));
  }

  @Override
  public ByteStream openTcp(String host, int port, Duration limit)
      throws NodeFailedException, InterruptedException {
    return opened(() -> new Stream(super.openTcp(host, port, limit)));
  }

  @Override
  public ByteStream openSubsystem(String name, Duration limit)
      throws NodeFailedException, InterruptedException {
    return opened(() -> new Stream(super.openSubsystem(name, limit)));
  }

  @Override
  public int forwardFromNode(InetSocketAddress target, Duration limit)
      throws NodeFailedException, InterruptedException {
    spent = true;
    return super.forwardFromNode(target, limit);
  }

  @Override
  public RemoteFiles files(Duration limit) throws NodeFailedException, InterruptedException {
    return opened(() -> new Files(super.files(limit)));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      boolean atRest = underWay.get() == 0 && !spent;
      pool.takeBack(this, atRest && super.isOpen());
    }
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
