package io.codeploy.multicopy.relay;

import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;

/** Makes relays; a provider for {@code ServiceLoader}. */
public interface RelayService {
  /**
   * A relay for one run; the caller closes it.
   *
   * @throws IOException if there can be none on this machine; one line for people
   */
  Relay open(RelaySettings settings, TimeSource time) throws IOException;
}
