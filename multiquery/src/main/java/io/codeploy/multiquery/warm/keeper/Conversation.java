package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.warm.Destination;
import io.codeploy.multiquery.warm.Pool;
import io.codeploy.multiquery.warm.wire.Content;
import io.codeploy.multiquery.warm.wire.Fields;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.ProtocolException;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The socket of a visit, from its first frame to its end. */
final class Conversation {
  private final Wire wire;
  private final Visits visits;

  Conversation(Wire wire, Visits visits) {
    this.wire = wire;
    this.visits = visits;
  }

  /** Returns when the client is gone. */
  void visit(Fields fields) throws IOException {
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
        case FORGET -> {
          visits.pool().forget(nodes);
          nodes.clear();
          wire.send(Frame.of(FrameType.FORGOTTEN));
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
}
