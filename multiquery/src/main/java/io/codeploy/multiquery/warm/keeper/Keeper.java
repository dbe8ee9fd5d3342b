package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.socket.LocalSocket;
import io.codeploy.multiquery.socket.SocketWatch;
import io.codeploy.multiquery.warm.Pool;
import io.codeploy.multiquery.warm.wire.Place;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** A process's work of keeping connections: listens, serves, and ends when it is of no more use. */
public final class Keeper {
  /** Hundreds of nodes are asked for at once. */
  private static final int BACKLOG = 4096;

  private static final Duration ROUND = Duration.ofSeconds(5);

  /** For files to be closed where no more may be opened. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Seat seat;
  private final Visits visits;
  private final Spares spares;
  private final TimeSource time;

  /** Has a permit when it is time to look whether to end. */
  private final Semaphore look = new Semaphore(0);

  /**
   * Keeps nothing yet.
   *
   * @param place the directory of the sockets
   * @param socket where to listen, in that directory
   * @param connectors for each visit
   * @param most connections that may be open at once
   * @param random for numbers that nobody guesses
   */
  public Keeper(
      Place place,
      Path socket,
      VisitConnectors connectors,
      int most,
      RandomGenerator random,
      TimeSource time) {
    this.seat = new Seat(place, socket, time);
    this.visits = new Visits(new Pool(most, time), connectors, random, time);
    this.spares = new Spares(visits, random);
    this.time = time;
  }

  /**
   * Serves until nobody needs it any more, or the calling thread is interrupted, which ends all
   * that is under way. Returns at once if another keeper is there already.
   *
   * @throws IOException if it cannot listen; one line for people
   */
  public void run() throws IOException {
    try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SocketWatch watch = SocketWatch.start()) {
      if (!seat.take(path -> listening.bind(UnixDomainSocketAddress.of(path), BACKLOG))) {
        return;
      }
      try {
        Thread.ofVirtual().name("warm-accept").start(() -> accept(listening, watch));
        awaitEnd();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        visits.close();
        watch.close();
        seat.leave();
      }
    }
  }

  private void awaitEnd() throws InterruptedException {
    while (!swept()) {
      if (!seat.isOurs()) {
        visits.leave();
      }
      spares.fill();
      if (time.await(look, ROUND)) {
        look.drainPermits();
      }
    }
  }

  /** By a thread of its own: what closes connections may swallow an interruption. */
  private boolean swept() throws InterruptedException {
    FutureTask<Boolean> sweep = new FutureTask<>(visits::sweep);
    Thread.ofVirtual().name("warm-sweep").start(sweep);
    try {
      return sweep.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("closing what nobody uses broke", e);
    }
  }

  private void accept(ServerSocketChannel listening, SocketWatch watch) {
    while (listening.isOpen()) {
      try {
        SocketChannel channel = listening.accept();
        Thread.ofVirtual().name("warm-guest").start(() -> receive(channel, watch));
      } catch (IOException e) {
        // Closed at the end. Before, no more files may be open: what is at rest makes room for
        // those who are here, and later ones go to another keeper.
        leave();
        pause();
      }
    }
  }

  private void pause() {
    try {
      time.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive(SocketChannel channel, SocketWatch watch) {
    try (LocalSocket socket = new LocalSocket(channel, watch)) {
      seat.place().checkPeer(socket);
      new Guest(new Wire(socket), visits, this::leave, time).run();
    } catch (IOException e) {
      // Somebody else's.
    } finally {
      // Of hundreds of leases only the end of the visit matters.
      if (visits.noneUnderWay()) {
        look.release();
      }
    }
  }

  private void leave() {
    visits.leave();
    look.release();
  }
}
