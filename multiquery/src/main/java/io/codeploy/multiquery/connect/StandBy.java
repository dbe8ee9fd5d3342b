package io.codeploy.multiquery.connect;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A command that was started and whose streams nobody carries yet. What it writes waits, and then
 * it waits itself. Ends with its connection.
 */
public interface StandBy extends AutoCloseable {
  /** Its standard output, to be looked at before {@link #run} takes the rest. */
  InputStream out();

  /** Its standard error, likewise. */
  InputStream err();

  /** Whether it goes on, as far as is known here. */
  boolean isOpen();

  /**
   * Carries its streams from now on, and waits for its end; as {@link Connection#executeOnLeash}.
   *
   * @param limit from now on
   */
  ExitStatus run(InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException;

  /** Closes its input and outputs, at once. */
  @Override
  void close();
}
