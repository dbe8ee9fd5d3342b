package io.codeploy.multicopy.relay;

/**
 * Carries files to many nodes so that they leave this machine about once. Safe for use by many
 * threads.
 */
public interface Relay extends AutoCloseable {
  /**
   * Blocks until the files of {@code consignment} are in its directory: whole, with mode and time,
   * in directories that their owner may change. Waits for other nodes of the same cargo first, for
   * as long as they keep coming.
   *
   * @throws RelayException if they are not; some may be, as they should be
   */
  void carry(Consignment consignment) throws RelayException, InterruptedException;

  /** How many bytes have left this machine so far. */
  long bytesSent();

  @Override
  void close();
}
