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
import java.util.concurrent.locks.ReentrantLock;

/**
 * The use of a pooled connection by one user. When it is closed the connection is kept, unless
 * something goes on over it, or may do so: a command that did not come to its end, a stream, a
 * forwarded port. Then it is closed, so that the end of this use ends them, as the end of any
 * connection does. Nothing begins after the end of the use. Safe for many threads.
 */
public final class Lease extends ForwardingConnection {
  private final Pool pool;
  private final Node node;
  private final Duration keep;

  /** Guards what follows; held over no I/O. */
  private final ReentrantLock lock = new ReentrantLock();

  private int underWay;
  private boolean closed;

  /** Something was started that only the connection's end ends, or it is not wanted any more. */
  private boolean spent;

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

  /** Begins something, which nobody can once the use has ended: the next one has begun by then. */
  private void begin() throws NodeFailedException {
    lock.lock();
    try {
      if (closed) {
        throw new NodeFailedException(new NodeFailure.Disconnected("the connection was closed"));
      }
      underWay++;
    } finally {
      lock.unlock();
    }
  }

  private void end(boolean well) {
    lock.lock();
    try {
      underWay--;
      spent |= !well;
    } finally {
      lock.unlock();
    }
  }

  /** Runs a command. One that was not waited for may have left something that goes on. */
  private ExitStatus run(Step<ExitStatus> command)
      throws NodeFailedException, InterruptedException {
    begin();
    boolean ended = false;
    try {
      ExitStatus status = command.take();
      ended = true;
      return status;
    } finally {
      end(ended);
    }
  }

  /** Opens what goes on afterwards. */
  private <T> T opened(Step<T> opening) throws NodeFailedException, InterruptedException {
    begin();
    boolean open = false;
    boolean well = true;
    try {
      T result = opening.take();
      open = true;
      return result;
    } catch (NodeFailedException e) {
      // A server that refuses is none that is in doubt.
      well = e.failure() instanceof NodeFailure.RemoteFailure;
      throw e;
    } finally {
      if (!open) {
        end(well);
      }
    }
  }

  /** Has the connection closed when this use of it ends. */
  public void forget() {
    lock.lock();
    try {
      spent = true;
    } finally {
      lock.unlock();
    }
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
    return !isClosed() && super.isOpen();
  }

  @Override
  public boolean answers(Duration limit) throws InterruptedException {
    return !isClosed() && super.answers(limit);
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
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
    begin();
    try {
      return super.forwardFromNode(target, limit);
    } finally {
      // The port stays open until the connection ends.
      end(false);
    }
  }

  @Override
  public RemoteFiles files(Duration limit) throws NodeFailedException, InterruptedException {
    return opened(() -> new Files(super.files(limit)));
  }

  @Override
  public void close() {
    boolean atRest;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      atRest = underWay == 0 && !spent;
    } finally {
      lock.unlock();
    }
    pool.takeBack(this, atRest && super.isOpen());
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
        end(true);
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
        end(true);
      }
      files.close();
    }
  }
}
