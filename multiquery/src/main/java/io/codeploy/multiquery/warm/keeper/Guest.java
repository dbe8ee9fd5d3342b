package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Serves one socket of a client, to its end, in a thread of its own. */
final class Guest implements Runnable {
  private static final Duration HELLO = Duration.ofSeconds(10);

  private final Wire wire;
  private final Visits visits;
  private final Runnable leave;
  private final TimeSource time;

  /**
   * What the client waits for already and is told with the next answer: it saves both a wake-up.
   */
  private List<Frame> owed = List.of();

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
      owed = List.of(Frame.of(FrameType.WELCOME));
      if (!wire.hasMore()) {
        answer();
      }
      return wire.next();
    }
  }

  /** What is owed, and {@code frames}, in one piece. */
  private void answer(Frame... frames) throws IOException {
    wire.send(Stream.concat(owed.stream(), Stream.of(frames)).toArray(Frame[]::new));
    owed = List.of();
  }

  private void serve(Frame first) throws IOException, InterruptedException {
    if (first.type() != FrameType.LEASE) {
      answer();
    }
    switch (first.type()) {
      case VISIT -> new Conversation(wire, visits).visit(first.fields());
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
      answer(new Content().text(why).as(FrameType.REFUSED));
    } catch (IOException e) {
      // It would not have understood.
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
    if (!visits.pool().keeps(node)) {
      // Connecting takes its time.
      answer();
    }
    Leased leased;
    try {
      leased = visits.lease(visit, node, limit);
    } catch (NodeFailedException e) {
      answer(Values.failed(e.failure()));
      return;
    }
    try {
      String user = leased.lease().user();
      answer(new Content().longNumber(leased.number()).text(user).as(FrameType.LEASED));
      work(leased);
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
