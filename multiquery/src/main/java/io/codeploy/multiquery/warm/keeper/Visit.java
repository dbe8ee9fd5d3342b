package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.shell.Token;
import io.codeploy.multiquery.warm.ConnectorOnDemand;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * One client's run. It connects with a connector of its own, made when the first connection is
 * needed, so that keys, known hosts and the agent are as they are now, and so that questions go to
 * this client. The connector lives as long as its connections.
 */
final class Visit {
  private final long number;
  private final Wishes wishes;
  private final RandomGenerator random;
  private final TimeSource time;
  private final ConnectorOnDemand connector;
  private final List<SparedConnection> made = new CopyOnWriteArrayList<>();

  Visit(
      long number,
      Wishes wishes,
      VisitConnectors connectors,
      AbsentPerson person,
      RandomGenerator random,
      TimeSource time) {
    this.random = random;
    this.time = time;
    this.number = number;
    this.wishes = wishes;
    this.connector = new ConnectorOnDemand(() -> connectors.open(wishes, person));
  }

  long number() {
    return number;
  }

  Duration keep() {
    return wishes.keep();
  }

  /** Asks the person for what connecting to {@code nodes} will need. */
  void prepare(List<Node> nodes) throws IOException {
    connector.prepare(nodes);
  }

  /** A new connection. */
  Connection connect(Node node, Duration limit) throws NodeFailedException, InterruptedException {
    // A node that was kept when the visit began is prepared for now.
    SparedConnection connection =
        new SparedConnection(connector.connect(node, limit), Token.next(random), time);
    made.add(connection);
    return connection;
  }

  /** What it made and wants a spare. */
  List<SparedConnection> wantSpares() {
    return made.stream().filter(SparedConnection::wantsSpare).toList();
  }

  void dropOldSpares() {
    made.forEach(SparedConnection::dropOldSpare);
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
    connector.close();
  }
}
