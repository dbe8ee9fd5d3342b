package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.socket.SocketWatch;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.warm.ConnectorOnDemand;
import io.codeploy.multiquery.warm.wire.Fields;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Place;
import io.codeploy.multiquery.warm.wire.SilentKeeperException;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** The keepers of this user: finds them, starts them, ends them. */
public final class Keepers {
  private static final Duration HELLO = Duration.ofSeconds(10);

  /** For one that is only asked or ended: somebody waits before the terminal. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration START = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Place place;
  private final TimeSource time;

  public Keepers(Place place, TimeSource time) {
    this.place = place;
    this.time = time;
  }

  /**
   * How to start a keeper.
   *
   * @param command what is run, with the path of the socket as one more argument
   * @param directory to run it in
   */
  public record Start(List<String> command, Path directory) {
    public Start {
      command = List.copyOf(command);
    }
  }

  /** What a run wants of its keeper. */
  public record Wanted(String fingerprint, Wishes wishes) {}

  /**
   * A visit at the keeper of {@code wanted}'s fingerprint, which is started if there is none.
   *
   * @throws IOException if there is none and none comes, or if it is not one of ours
   */
  public Connector visit(Wanted wanted, Start start, Person person, ConnectorOnDemand.Source cold)
      throws IOException, InterruptedException {
    Door door = door(place.socket(wanted.fingerprint()), HELLO);
    boolean in = false;
    try {
      Connector visit = visit(door, wanted.wishes(), start, person, cold);
      in = true;
      return visit;
    } finally {
      if (!in) {
        door.close();
      }
    }
  }

  private Connector visit(
      Door door, Wishes wishes, Start start, Person person, ConnectorOnDemand.Source cold)
      throws IOException, InterruptedException {
    Optional<Connector> there = tryVisit(door, wishes, person, cold);
    if (there.isPresent()) {
      return there.get();
    }
    Process process = KeeperProcess.start(start, door.socket());
    long begun = time.nanoTime();
    while (time.since(begun).compareTo(START) < 0) {
      time.sleep(POLL);
      there = tryVisit(door, wishes, person, cold);
      if (there.isPresent()) {
        return there.get();
      }
      if (!process.isAlive() && process.exitValue() != 0) {
        throw new IOException(
            "the keeper of sessions did not start; is this a whole installation?");
      }
    }
    throw new IOException("the keeper of sessions did not answer in time");
  }

  /** Empty if nobody is there. */
  private static Optional<Connector> tryVisit(
      Door door, Wishes wishes, Person person, ConnectorOnDemand.Source cold) throws IOException {
    try {
      return Optional.of(KeeperConnector.visit(door, wishes, person, cold));
    } catch (NoSuchFileException | ConnectException | EOFException e) {
      return Optional.empty();
    }
  }

  /** A connection that is kept. */
  public record KeptSession(String host, Optional<String> user, OptionalInt port, Duration left) {}

  /**
   * What all keepers said.
   *
   * @param silent sockets of those that did not answer
   */
  public record Answers(List<KeptSession> sessions, List<Path> silent) {
    public Answers {
      sessions = List.copyOf(sessions);
      silent = List.copyOf(silent);
    }
  }

  /** What all keepers keep. */
  public Answers list() throws IOException {
    List<KeptSession> all = new ArrayList<>();
    List<Path> silent =
        ask(
            FrameType.LIST,
            wire -> {
              for (Frame frame = wire.next(); frame.type() == FrameType.KEPT; frame = wire.next()) {
                all.add(session(frame.fields()));
              }
            });
    return new Answers(all, silent);
  }

  /** What is read of a keeper's answer. */
  @FunctionalInterface
  private interface Reader {
    void read(Wire wire) throws IOException;
  }

  /** Says {@code what} to all keepers; returns the sockets of those that do not answer. */
  private List<Path> ask(FrameType what, Reader answer) throws IOException {
    List<Path> silent = new ArrayList<>();
    for (Path socket : new TreeSet<>(place.sockets())) {
      try (Door door = door(socket, PATIENCE);
          Wire wire = door.enter(what)) {
        answer.read(wire);
      } catch (SilentKeeperException e) {
        silent.add(socket);
      } catch (IOException e) {
        // It is ending, or dead.
      }
    }
    return silent;
  }

  private static KeptSession session(Fields fields) throws IOException {
    KeptSession session =
        new KeptSession(
            fields.text(), fields.optional(), Values.optionalPort(fields), fields.time());
    fields.end();
    return session;
  }

  /**
   * Ends all keepers; they see the visits that are under way to their ends.
   *
   * @return the sockets of those that did not answer
   */
  public List<Path> quit() throws IOException {
    return ask(FrameType.QUIT, wire -> wire.expect(FrameType.END));
  }

  private Door door(Path socket, Duration hello) throws IOException {
    return new Door(place, socket, SocketWatch.start(), hello, time);
  }
}
