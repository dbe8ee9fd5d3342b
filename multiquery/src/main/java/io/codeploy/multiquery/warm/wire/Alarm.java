package io.codeploy.multiquery.warm.wire;

import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Closes a wire when a limit passes before this is closed: reads of a socket know no limit. */
public final class Alarm implements AutoCloseable {
  private final Semaphore off = new Semaphore(0);
  private volatile boolean rang;

  private Alarm() {}

  /** Set to ring {@code limit} from now; never where that is zero. */
  public static Alarm set(Wire wire, Duration limit, TimeSource time) {
    Alarm alarm = new Alarm();
    Optional.of(limit)
        .filter(l -> !l.isZero())
        .ifPresent(
            l -> Thread.ofVirtual().name("warm-alarm").start(() -> alarm.wait(wire, l, time)));
    return alarm;
  }

  private void wait(Wire wire, Duration limit, TimeSource time) {
    try {
      if (!time.await(off, limit)) {
        rang = true;
        wire.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it closed the wire. */
  public boolean rang() {
    return rang;
  }

  /** What {@code thrown} by a read comes from: the alarm, if it rang, else itself. */
  public IOException explain(IOException thrown) {
    return rang ? new SilentKeeperException(thrown) : thrown;
  }

  @Override
  public void close() {
    off.release();
  }
}
