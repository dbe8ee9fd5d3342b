package io.codeploy.multiquery.ssh;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.common.channel.RemoteWindow;
import org.apache.sshd.common.session.Session;

/**
 * How much of a command's input may be under way to OpenSSH's server. It keeps what the command has
 * not read in a buffer that it makes anew, copies and wipes for each packet by which it grows: its
 * whole window, 2 MiB, costs it tens of milliseconds. A near node needs no such window, nor does
 * one of many that share a link.
 *
 * <p>Other servers are given as much as they take. They may give room again only when half of their
 * window is used, and would wait for ever for a client that stops before; OpenSSH's does so after
 * three packets.
 */
final class NearWindow {
  /** More than the server takes off before it gives room again, and what a command reads ahead. */
  static final long LEAST_BYTES = 512 << 10;

  /** What all may get together, for all that is held back here: two gigabits. */
  private static final long BYTES_A_MILLI = 250_000;

  /** And what a distribution adds; not HPN-SSH, which waits for half of its window to be used. */
  private static final Pattern OPENSSH =
      Pattern.compile("SSH-2\\.0-OpenSSH(_for_Windows)?_[0-9.]+(p[0-9]+)?( .*)?");

  private NearWindow() {}

  /**
   * Leaves a channel only so much of its window. To be called as the first packet is sent: this
   * server opens a channel without room and gives it afterwards.
   *
   * @param roundTrip to the node and back, at the most
   * @param sharing how many channels there are now
   */
  static void narrow(
      AbstractClientChannel channel, Session session, Duration roundTrip, int sharing) {
    String server = session.getServerVersion();
    if (server == null || !waitsForLittle(server)) {
      return;
    }
    RemoteWindow window = channel.getRemoteWindow();
    long surplus = window.getSize() - bytes(roundTrip, sharing);
    if (surplus > 0) {
      window.consume(surplus);
    }
  }

  /** Whether {@code server}, as it calls itself, gives room again after a few packets. */
  static boolean waitsForLittle(String server) {
    return OPENSSH.matcher(server).matches() && !server.toLowerCase(Locale.ROOT).contains("hpn");
  }

  static long bytes(Duration roundTrip, int sharing) {
    return Math.max(LEAST_BYTES, BYTES_A_MILLI * roundTrip.toNanos() / 1_000_000 / sharing);
  }
}
