package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Causes;
import io.codeploy.multiquery.ssh.call.Once;
import io.codeploy.multiquery.ssh.config.Person;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** What connects where the keeper does not; made when it is needed. */
final class Spare implements AutoCloseable {
  private static final String THE_ONE = "connector";

  private final Person person;
  private final Once<String, Connector> connector;
  private final List<Connector> opened = new CopyOnWriteArrayList<>();
  private final AtomicBoolean used = new AtomicBoolean();
  private final Set<Node> prepared = ConcurrentHashMap.newKeySet();

  /** Held over questions to the person, of whom one after the other is asked. */
  private final ReentrantLock preparing = new ReentrantLock();

  /** Makes the connector. */
  @FunctionalInterface
  interface Source {
    Connector open() throws IOException;
  }

  Spare(Source source, Person person) {
    this.person = person;
    this.connector =
        new Once<>(
            "warm-connector",
            key -> {
              Connector made = source.open();
              opened.add(made);
              return made;
            });
  }

  boolean isUsed() {
    return used.get();
  }

  /** From now on it is used; told once. */
  void use(IOException why) {
    if (used.compareAndSet(false, true)) {
      person.tell("connecting without kept sessions: " + Causes.text(why));
    }
  }

  Connector connector() throws IOException {
    try {
      return connector.get(THE_ONE, TimeUnit.DAYS.toMillis(1));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(Causes.text(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  Connection connect(Node node, Duration limit) throws NodeFailedException, InterruptedException {
    try {
      Connector cold = connector();
      if (prepared.add(node)) {
        preparing.lockInterruptibly();
        try {
          cold.prepare(List.of(node));
        } finally {
          preparing.unlock();
        }
      }
      return cold.connect(node, limit);
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
    opened.forEach(Connector::close);
  }
}
