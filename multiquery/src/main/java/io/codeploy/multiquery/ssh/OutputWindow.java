package io.codeploy.multiquery.ssh;

import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * How much of a command's output may be under way to here, or wait here for whoever takes it. Many
 * nodes share what few get each: all of a window may be in memory at once.
 */
final class OutputWindow {
  static final long LEAST_BYTES = 128 << 10;
  static final long MOST_BYTES = 2 << 20;
  private static final long ALL_BYTES = 32 << 20;

  private OutputWindow() {}

  /**
   * Has channels that are made over {@code session} from now on begin with such a window.
   *
   * @param sharing how many channels there are, this one counted
   */
  static void set(ClientSession session, int sharing) {
    CoreModuleProperties.WINDOW_SIZE.set(session, bytes(sharing));
  }

  static long bytes(int sharing) {
    return Math.clamp(ALL_BYTES / sharing, LEAST_BYTES, MOST_BYTES);
  }
}
