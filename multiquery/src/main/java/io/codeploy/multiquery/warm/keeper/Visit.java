package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Causes;
import io.codeploy.multiquery.ssh.call.Once;
import io.codeploy.multiquery.warm.Destination;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One client's run. It connects with a connector of its own, made when the first connection is
 * needed, so that keys, known hosts and the agent are as they are now, and so that questions go to
 * this client. The connector lives as long as its connections.
 */
final class Visit {
  private static final String THE_ONE = "connector";

  private final long number;
  private final VisitConnectors.Wishes wishes;
  private final Once<String, Connector> connector;
  private final Set<Destination> prepared = ConcurrentHashMap.newKeySet();
  private final List<Connection> made = new CopyOnWriteArrayList<>();
  private final List<Connector> opened = new CopyOnWriteArrayList<>();

  /** Held over questions to the person, of whom one after the other is asked. */
  private final ReentrantLock preparing = new ReentrantLock();

  Visit(
      long number, VisitConnectors.Wishes wishes, VisitConnectors connectors, AbsentPerson person) {
    this.number = number;
    this.wishes = wishes;
    this.connector =
        new Once<>(
            "warm-connector",
            key -> {
              Connector made = connectors.open(wishes, person);
              opened.add(made);
              return made;
            });
  }

  long number() {
    return number;
  }

  Duration keep() {
    return wishes.keep();
  }

  /** Asks the person for what connecting to {@code nodes} will need. */
  void prepare(List<Node> nodes) throws IOException {
    List<Node> fresh = new ArrayList<>();
    for (Node node : nodes) {
      if (prepared.add(Destination.of(node))) {
        fresh.add(node);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    Connector with = connector();
    preparing.lock();
    try {
      with.prepare(fresh);
    } finally {
      preparing.unlock();
    }
  }

  private Connector connector() throws IOException {
    try {
      return connector.get(THE_ONE, TimeUnit.DAYS.toMillis(1));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(Causes.text(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** A new connection. */
  Connection connect(Node node, Duration limit) throws NodeFailedException, InterruptedException {
    try {
      // A node that was kept when the visit began was not prepared for.
      prepare(List.of(node));
      Connection connection = connector().connect(node, limit);
      made.add(connection);
      return connection;
    } catch (NodeFailedException e) {
      throw e;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new NodeFailedException(new NodeFailure.Unreachable(Causes.text(e)), e);
    }
  }

  /** Closes the connector if nothing that it made is open; says whether it did. */
  boolean closeIfUnused() {
    made.removeIf(connection -> !connection.isOpen());
    if (!made.isEmpty()) {
      return false;
    }
    close();
    return true;
  }

  /** Ends all that it made. */
  void close() {
    opened.forEach(Connector::close);
  }
}
