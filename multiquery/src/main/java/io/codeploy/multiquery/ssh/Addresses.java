package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.call.Once;
import io.codeploy.multiquery.ssh.config.HostSettings;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Looks names up, under a limit: a resolver that hangs holds up its own node only. */
final class Addresses {
  private final Once<String, List<InetAddress>> names =
      new Once<>("ssh-names", name -> List.of(InetAddress.getAllByName(name)));

  /** The addresses of a host in the order of the system. */
  List<InetSocketAddress> of(
      HostSettings.Target target, HostSettings.Family family, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    try {
      List<InetSocketAddress> addresses = new ArrayList<>();
      for (InetAddress address : names.get(target.host(), deadline.remainingMillis())) {
        if (counts(address, family)) {
          addresses.add(new InetSocketAddress(address, target.port()));
        }
      }
      if (addresses.isEmpty()) {
        throw new UnknownHostException("no address of family " + family);
      }
      return addresses;
    } catch (UnknownHostException e) {
      throw MinaFailures.of(e, MinaFailures.Stage.CONNECTING, target);
    } catch (TimeoutException e) {
      throw deadline.timedOut("connect");
    } catch (ExecutionException e) {
      throw MinaFailures.of(e, MinaFailures.Stage.CONNECTING, target);
    }
  }

  private static boolean counts(InetAddress address, HostSettings.Family family) {
    return switch (family) {
      case ANY -> true;
      case INET -> address instanceof Inet4Address;
      case INET6 -> address instanceof Inet6Address;
    };
  }
}
