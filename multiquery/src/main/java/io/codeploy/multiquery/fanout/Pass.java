package io.codeploy.multiquery.fanout;

import java.time.Duration;

/**
 * The room that an item takes under the throttle of its run, until closed; to be closed once.
 *
 * @param waited how long it took to get it
 * @param leave makes room for another
 */
public record Pass(Duration waited, Runnable leave) implements AutoCloseable {
  @Override
  public void close() {
    leave.run();
  }
}
