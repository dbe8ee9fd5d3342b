package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.warm.ConnectorOnDemand;
import io.codeploy.multiquery.warm.wire.Alarm;
import io.codeploy.multiquery.warm.wire.Content;
import io.codeploy.multiquery.warm.wire.Fields;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.ProtocolException;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Connections of a keeper, kept for the next run when they are closed. Where the keeper fails
 * before a connection is there, and in all that follows, another connector takes its place, and the
 * person is told once. A command that was under way over a keeper that dies has failed, as it would
 * have if this process had died: it may have begun.
 */
public final class KeeperConnector implements Connector {
  /** For the keeper to tell that a limit has passed, before we say so ourselves. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final Door door;
  private final ClientVisit visit;
  private final Spare spare;
  private final TimeSource time;

  private KeeperConnector(Door door, ClientVisit visit, Spare spare) {
    this.door = door;
    this.visit = visit;
    this.spare = spare;
    this.time = door.time();
  }

  /**
   * Begins a visit at the keeper behind {@code door}, which is closed with the connector.
   *
   * @param cold what to connect with where the keeper fails
   * @throws IOException if there is nobody, or nobody that answers as a keeper does
   */
  static KeeperConnector visit(
      Door door, Wishes wishes, Person person, ConnectorOnDemand.Source cold) throws IOException {
    ClientVisit visit = ClientVisit.begin(door, wishes, person);
    return new KeeperConnector(door, visit, new Spare(cold, person));
  }

  @Override
  public void prepare(List<Node> nodes) throws IOException {
    if (!spare.isUsed()) {
      try {
        var problem = visit.prepare(nodes);
        if (problem.isEmpty()) {
          return;
        }
        throw new KeySetupException(problem.get());
      } catch (KeySetupException e) {
        throw e;
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        spare.use(e);
      }
    }
    spare.connector().prepare(nodes);
  }

  /** The keeper's own word that something is wrong with what it was given. */
  private static final class KeySetupException extends IOException {
    private static final long serialVersionUID = 1;

    KeySetupException(String message) {
      super(message);
    }
  }

  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    Deadline deadline = Deadline.after(time, limit);
    if (!spare.isUsed()) {
      try {
        return lease(node, limit);
      } catch (NodeFailedException e) {
        throw e;
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (deadline.passed()) {
          throw deadline.timedOut("connect");
        }
        spare.use(e);
      }
    }
    Duration left =
        limit.isZero() ? limit : Duration.ofMillis(Math.max(1, deadline.remainingMillis()));
    return spare.connector().connect(node, left);
  }

  private Connection lease(Node node, Duration limit) throws IOException {
    Content ask = new Content().longNumber(visit.number());
    Wire wire = door.open(Values.put(ask, node).time(limit).as(FrameType.LEASE));
    boolean leased = false;
    try (Alarm alarm = Alarm.set(wire, limit.isZero() ? limit : limit.plus(GRACE), time)) {
      Door.welcomed(wire);
      Frame answer = wire.next();
      switch (answer.type()) {
        case LEASED -> {}
        case FAILED -> throw new NodeFailedException(Values.failure(answer));
        case REFUSED -> throw new ProtocolException(answer.fields().text());
        default -> throw new ProtocolException("no lease, but " + answer.type());
      }
      Fields fields = answer.fields();
      KeeperConnection connection =
          new KeeperConnection(node, fields.longNumber(), fields.text(), wire, door);
      leased = true;
      return connection;
    } finally {
      if (!leased) {
        wire.close();
      }
    }
  }

  @Override
  public void forget(Collection<Node> nodes) {
    if (!spare.isUsed()) {
      try {
        visit.forget(nodes);
      } catch (IOException e) {
        // The keeper is gone, and what it kept with it.
      }
    }
  }

  /** Ends the visit; what is under way over it is ended. */
  @Override
  public void close() {
    visit.close();
    door.close();
    spare.close();
  }
}
