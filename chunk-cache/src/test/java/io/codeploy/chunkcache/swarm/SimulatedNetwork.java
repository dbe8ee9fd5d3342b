package io.codeploy.chunkcache.swarm;

/** How long what simulated members send each other is on its way. Ranks name the members. */
interface SimulatedNetwork {
  /** Nanoseconds for a small message. */
  long delayNanos(int from, int to);

  /** Brings a chunk from the origin, unless that asks to be left alone for now: then false. */
  boolean fromOrigin(int to, Runnable arrived);

  /**
   * Brings a chunk from a member; {@code arrived} also when it breaks off, because that dies or by
   * what comes back.
   */
  Runnable send(int from, int to, Runnable arrived);

  /** A member is gone, and with it all that is on its way from and to it. */
  void killed(int rank);
}
