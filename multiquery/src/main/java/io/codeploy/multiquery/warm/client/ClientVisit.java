package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.ssh.config.Person;
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
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

/** A visit at a keeper: its socket tells the keeper that we live. */
final class ClientVisit implements AutoCloseable {
  private final Wire wire;
  private final long number;
  private final Person person;

  /** Ask the person what the keeper wants to know; those that have ended stay. */
  private final Queue<Thread> askers = new ConcurrentLinkedQueue<>();

  /** What {@link #ask} waits for; that of the last one, since it is called by one thread. */
  private volatile CompletableFuture<Optional<String>> answer = new CompletableFuture<>();

  private ClientVisit(Wire wire, long number, Person person) {
    this.wire = wire;
    this.number = number;
    this.person = person;
  }

  /** Begins a visit. */
  static ClientVisit begin(Door door, Wishes wishes, Person person) throws IOException {
    Wire wire = door.enter(wishes.frame());
    Alarm alarm = Alarm.set(wire, door.hello(), door.time());
    try (alarm) {
      Frame answer = wire.next();
      if (answer.type() == FrameType.REFUSED) {
        throw new ProtocolException(answer.fields().text());
      }
      if (answer.type() != FrameType.VISITING) {
        throw new ProtocolException("no visit, but " + answer.type());
      }
      ClientVisit begun = new ClientVisit(wire, answer.fields().longNumber(), person);
      Thread.ofVirtual().name("warm-visit").start(begun::listen);
      return begun;
    } catch (IOException e) {
      wire.close();
      throw alarm.explain(e);
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  long number() {
    return number;
  }

  private void listen() {
    try {
      for (Optional<Frame> frame = wire.receive(); frame.isPresent(); frame = wire.receive()) {
        hear(frame.get());
      }
      takeBack();
      answer.completeExceptionally(new IOException("the keeper of connections is gone"));
    } catch (IOException e) {
      takeBack();
      answer.completeExceptionally(e);
      wire.close();
    }
  }

  /** Nobody waits for an answer any more; the terminal may be wanted for other questions. */
  private void takeBack() {
    askers.forEach(Thread::interrupt);
  }

  private void hear(Frame frame) throws IOException {
    Fields fields = frame.fields();
    switch (frame.type()) {
      case PREPARED -> answer.complete(fields.optional());
      case FORGOTTEN -> answer.complete(Optional.empty());
      // Asked by a thread of its own: while the person thinks, notices come. A read of a terminal
      // would hold a virtual one's carrier, and could not be interrupted.
      case ASK -> {
        String question = fields.text();
        Thread asker = Thread.ofPlatform().daemon().name("warm-ask").unstarted(() -> ask(question));
        askers.add(asker);
        asker.start();
      }
      case TELL -> person.tell(fields.text());
      default -> throw new ProtocolException("an unexpected " + frame.type());
    }
    fields.end();
  }

  private void ask(String question) {
    Optional<String> answer = person.secret(question).map(String::valueOf);
    try {
      wire.send(new Content().text(answer).as(FrameType.SECRET));
    } catch (IOException e) {
      wire.close();
    }
  }

  /**
   * Has the keeper ask for what it will need.
   *
   * @return why that could not be done, if so
   * @throws IOException if the keeper is gone
   */
  Optional<String> prepare(List<Node> nodes) throws IOException {
    return ask(nodes, FrameType.PREPARE);
  }

  /**
   * Has the keeper keep its connections to {@code nodes} no longer.
   *
   * @throws IOException if the keeper is gone
   */
  void forget(Collection<Node> nodes) throws IOException {
    ask(nodes, FrameType.FORGET);
  }

  private Optional<String> ask(Collection<Node> nodes, FrameType what) throws IOException {
    answer = new CompletableFuture<>();
    List<Frame> frames = new ArrayList<>();
    nodes.forEach(node -> frames.add(Values.put(new Content(), node).as(FrameType.NODE)));
    frames.add(Frame.of(what));
    wire.send(frames.toArray(Frame[]::new));
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /**
   * Takes back what is being asked, and waits for that: a terminal is to show again what is typed.
   */
  @Override
  public void close() {
    wire.close();
    takeBack();
    boolean interrupted = false;
    for (Thread asker : askers) {
      while (asker.isAlive()) {
        try {
          asker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
