package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.testing.Poll;
import io.codeploy.multiquery.warm.ConnectorOnDemand;
import io.codeploy.multiquery.warm.keeper.Keeper;
import io.codeploy.multiquery.warm.keeper.VisitConnectors;
import io.codeploy.multiquery.warm.wire.Place;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A keeper in a thread of the test. */
public final class HeldKeeper implements AutoCloseable {
  private static final String NAME = "0123456789abcdef";
  private static final TimeSource TIME = TimeSource.system();

  private final Place place;
  private final Thread thread;

  /** Starts it, and waits until it listens. */
  public HeldKeeper(Path directory, VisitConnectors connectors) throws IOException {
    place = Place.in(directory, System.getProperty("user.name"));
    thread = Thread.ofPlatform().daemon().name("keeper").start(() -> run(connectors));
    Poll.until("the keeper listens", () -> Files.exists(socket()));
  }

  private void run(VisitConnectors connectors) {
    try {
      new Keeper(place, socket(), connectors, 100, RandomGenerator.getDefault(), TIME).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Place place() {
    return place;
  }

  Path socket() {
    return place.socket(NAME);
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  Keepers keepers() {
    return new Keepers(place, TIME);
  }

  /** A visit that has nothing else to connect with. */
  public Connector visit() throws IOException, InterruptedException {
    return visit(
        Person.NOBODY,
        () -> {
          throw new IOException("connects without the keeper");
        });
  }

  Connector visit(Person person, ConnectorOnDemand.Source cold)
      throws IOException, InterruptedException {
    return keepers()
        .visit(
            new Keepers.Wanted(
                NAME, new Wishes(Optional.empty(), Optional.empty(), Duration.ofMinutes(10))),
            new Keepers.Start(List.of("/bin/false"), Path.of("/")),
            person,
            cold);
  }

  /** Ends it and all its connections at once. */
  @Override
  public void close() {
    thread.interrupt();
    Poll.until("the keeper ends", () -> !thread.isAlive());
  }
}
