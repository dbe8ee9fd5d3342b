package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Once;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connector that is made when the first node is prepared for or connected to. Every node is
 * prepared for once, when it is connected to at the latest. Safe for many threads.
 */
public final class ConnectorOnDemand implements Connector {
  private static final String THE_ONE = "connector";

  private final Once<String, Connector> connector;
  private final Set<Destination> prepared = ConcurrentHashMap.newKeySet();

  /** Held over questions to the person, of whom one after the other is asked. */
  private final ReentrantLock preparing = new ReentrantLock();

  /** Guards what follows; held over no I/O. */
  private final ReentrantLock lock = new ReentrantLock();

  private Optional<Connector> opened = Optional.empty();
  private boolean closed;

  /** Makes the connector. */
  @FunctionalInterface
  public interface Source {
    /**
     * Opens it.
     *
     * @throws IOException if it cannot be; one line for people. The next use tries again
     */
    Connector open() throws IOException;
  }

  /** Makes nothing yet. */
  public ConnectorOnDemand(Source source) {
    this.connector = new Once<>("warm-connector", key -> open(source));
  }

  /** One that comes into being after the end, which was not there to be closed, is closed here. */
  private Connector open(Source source) throws IOException {
    Connector made = source.open();
    if (!isKept(made)) {
      made.close();
      throw new IOException("closed while a connector was made");
    }
    return made;
  }

  private boolean isKept(Connector made) {
    lock.lock();
    try {
      if (!closed) {
        opened = Optional.of(made);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void prepare(List<Node> nodes) throws IOException {
    if (nodes.isEmpty()) {
      return;
    }
    try {
      prepare(made(), nodes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void prepare(Connector with, List<Node> nodes) throws IOException, InterruptedException {
    List<Node> fresh = nodes.stream().filter(node -> prepared.add(Destination.of(node))).toList();
    if (fresh.isEmpty()) {
      return;
    }
    preparing.lockInterruptibly();
    try {
      with.prepare(fresh);
    } finally {
      preparing.unlock();
    }
  }

  private Connector made() throws IOException, InterruptedException {
    try {
      return connector.get(THE_ONE, TimeUnit.DAYS.toMillis(1));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(Causes.text(e), e);
    }
  }

  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    try {
      Connector with = made();
      prepare(with, List.of(node));
      return with.connect(node, limit);
    } catch (NodeFailedException e) {
      throw e;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new NodeFailedException(new NodeFailure.Unreachable(Causes.text(e)), e);
    }
  }

  @Override
  public void close() {
    Optional<Connector> last;
    lock.lock();
    try {
      closed = true;
      last = opened;
    } finally {
      lock.unlock();
    }
    last.ifPresent(Connector::close);
  }
}
