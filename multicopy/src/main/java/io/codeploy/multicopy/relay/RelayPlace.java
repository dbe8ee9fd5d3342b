package io.codeploy.multicopy.relay;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multiquery.connect.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One copy's place in what a run relays. */
public final class RelayPlace {
  private final RelayRun run;
  private final Cargo cargo;
  private final AtomicBoolean settled = new AtomicBoolean();

  RelayPlace(RelayRun run, Cargo cargo) {
    this.run = run;
    this.cargo = cargo;
  }

  /**
   * Has the files of {@code parcels} carried to {@code directory} on the node, if that is worth it
   * and can be done. Blocks meanwhile.
   *
   * @param directory absolute or relative to the login's home directory
   * @return whether they are there; if not, they have to be sent
   */
  public boolean carry(
      Connection connection, String directory, List<Parcel> parcels, Progress progress)
      throws InterruptedException {
    Consignment consignment = new Consignment(connection, cargo, this, directory, parcels);
    try {
      return run.carry(consignment, progress);
    } finally {
      settle();
    }
  }

  /** The node has come or will not: others need not wait for it. Again: does nothing. */
  public void settle() {
    if (settled.compareAndSet(false, true)) {
      cargo.settle();
    }
  }
}
