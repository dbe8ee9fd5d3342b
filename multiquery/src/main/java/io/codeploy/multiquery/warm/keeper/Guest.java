package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Causes;
import io.codeploy.multiquery.warm.Destination;
import io.codeploy.multiquery.warm.Pool;
import io.codeploy.multiquery.warm.wire.Alarm;
import io.codeploy.multiquery.warm.wire.Content;
import io.codeploy.multiquery.warm.wire.Fields;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Hello;
import io.codeploy.multiquery.warm.wire.ProtocolException;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Serves one socket of a client, to its end, in a thread of its own. */
final class Guest implements Runnable {
  private static final Duration HELLO = Duration.ofSeconds(10);

  private final Wire wire;
  private final Visits visits;
  private final Runnable leave;
  private final TimeSource time;

  /**
   * @param leave ends the keeper when the visits are over
   */
  Guest(Wire wire, Visits visits, Runnable leave, TimeSource time) {
    this.wire = wire;
    this.visits = visits;
    this.leave = leave;
    this.time = time;
  }

  @Override
  public void run() {
    try {
      serve(greeted());
    } catch (ProtocolException e) {
      refuse(Causes.text(e));
    } catch (IOException e) {
      // The client is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      wire.close();
    }
  }

  /** The frame after the hello. */
  private Frame greeted() throws IOException {
    try (Alarm alarm = Alarm.set(wire, HELLO, time)) {
      Hello.check(wire.next());
      wire.send(Frame.of(FrameType.WELCOME));
      return wire.next();
    }
  }

  private void serve(Frame first) throws IOException, InterruptedException {
    switch (first.type()) {
      case VISIT -> visit(first.fields());
      case LEASE -> lease(first.fields());
      case JOIN -> join(first.fields());
      case LIST -> list();
      case QUIT -> {
        leave.run();
        wire.send(Frame.of(FrameType.END));
      }
      default -> throw Work.unexpected(first.type());
    }
  }

  private void refuse(String why) {
    try {
      wire.send(new Content().text(why).as(FrameType.REFUSED));
    } catch (IOException e) {
      // It would not have understood.
    }
  }

  private void visit(Fields fields) throws IOException {
    Wishes wishes = Wishes.of(fields);
    AbsentPerson person = new AbsentPerson(wire);
    Optional<Visit> begun = visits.begin(wishes, person);
    if (begun.isEmpty()) {
      throw new ProtocolException("this keeper is about to end");
    }
    Visit visit = begun.get();
    try {
      wire.send(new Content().longNumber(visit.number()).as(FrameType.VISITING));
      converse(visit, person);
    } finally {
      // Whoever waits for an answer learns that none comes.
      person.answered(Optional.empty());
      visits.end(visit);
    }
  }

  private void converse(Visit visit, AbsentPerson person) throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (Optional<Frame> frame = wire.receive(); frame.isPresent(); frame = wire.receive()) {
      Fields fields = frame.get().fields();
      switch (frame.get().type()) {
        case NODE -> nodes.add(Values.node(fields));
        case PREPARE -> {
          List<Node> fresh = notKept(nodes);
          nodes.clear();
          Thread.ofVirtual().name("warm-prepare").start(() -> prepare(visit, fresh));
        }
        case SECRET -> person.answered(fields.optional());
        default -> throw Work.unexpected(frame.get().type());
      }
      fields.end();
    }
  }

  private List<Node> notKept(List<Node> nodes) {
    List<Destination> kept = visits.pool().atRest().stream().map(Pool.AtRest::destination).toList();
    Set<Destination> known = new HashSet<>(kept);
    return nodes.stream().filter(node -> !known.contains(Destination.of(node))).toList();
  }

  private void prepare(Visit visit, List<Node> nodes) {
    Optional<String> problem = Optional.empty();
    try {
      visit.prepare(nodes);
    } catch (IOException e) {
      problem = Optional.of(Causes.text(e));
    }
    try {
      wire.send(new Content().text(problem).as(FrameType.PREPARED));
    } catch (IOException e) {
      wire.close();
    }
  }

  private void lease(Fields fields) throws IOException, InterruptedException {
    Visit visit =
        visits
            .find(fields.longNumber())
            .orElseThrow(() -> new ProtocolException("there is no such visit"));
    Node node = Values.node(fields);
    Duration limit = fields.time();
    fields.end();
    Leased leased;
    try {
      leased = visits.lease(visit, node, limit);
    } catch (NodeFailedException e) {
      wire.send(Values.failed(e.failure()));
      return;
    }
    try {
      String user = leased.lease().user();
      wire.send(new Content().longNumber(leased.number()).text(user).as(FrameType.LEASED));
      Optional<Frame> more = wire.receive();
      if (more.isPresent()) {
        throw Work.unexpected(more.get().type());
      }
    } finally {
      visits.drop(leased.number());
    }
  }

  private void join(Fields fields) throws IOException, InterruptedException {
    Optional<Leased> leased = visits.leased(fields.longNumber());
    fields.end();
    if (leased.isEmpty()) {
      wire.send(Values.failed(new NodeFailure.Disconnected("the connection was closed")));
      return;
    }
    work(leased.get());
  }

  /** Does one thing, until the client closes its side. */
  private void work(Leased leased) throws IOException, InterruptedException {
    Optional<Frame> first = wire.receive();
    if (first.isEmpty()) {
      return;
    }
    Optional<Work> begun = begin(leased, first.get());
    if (begun.isEmpty()) {
      return;
    }
    Work work = begun.get();
    leased.works().add(work);
    try {
      for (Optional<Frame> frame = wire.receive(); frame.isPresent(); frame = wire.receive()) {
        work.take(frame.get());
      }
    } finally {
      leased.works().remove(work);
      if (!work.leave()) {
        leased.lease().forget();
      }
    }
  }

  /** Empty if it failed, which the client is told. */
  private Optional<Work> begin(Leased leased, Frame what) throws IOException, InterruptedException {
    try {
      return Optional.of(new Tasks(leased.lease(), wire).begin(what));
    } catch (NodeFailedException e) {
      wire.send(Values.failed(e.failure()));
      return Optional.empty();
    }
  }

  private void list() throws IOException {
    for (Pool.AtRest kept : visits.pool().atRest()) {
      wire.send(
          new Content()
              .text(kept.destination().host())
              .text(kept.destination().user())
              .number(kept.destination().port().orElse(0))
              .time(kept.left().isNegative() ? Duration.ZERO : kept.left())
              .as(FrameType.KEPT));
    }
    wire.send(Frame.of(FrameType.END));
  }
}
