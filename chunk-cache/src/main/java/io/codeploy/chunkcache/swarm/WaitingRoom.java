package io.codeploy.chunkcache.swarm;

import java.util.concurrent.Semaphore;

/**
 * How many requests may wait in a node's server, each of which holds one of its threads. One that
 * finds no place is answered at once. Shared by all deployments; safe for use by many threads.
 */
final class WaitingRoom {
  /** What somebody waits for. */
  enum For {
    CHUNK,
    NEWS
  }

  private static final int PLACES = 8;

  private final Semaphore chunks = new Semaphore(PLACES);
  private final Semaphore news = new Semaphore(PLACES);

  boolean enter(For what) {
    return places(what).tryAcquire();
  }

  void leave(For what) {
    places(what).release();
  }

  private Semaphore places(For what) {
    return switch (what) {
      case CHUNK -> chunks;
      case NEWS -> news;
    };
  }
}
