package io.codeploy.multiquery.ssh.hostkey;

import io.codeploy.multiquery.connect.FileTrouble;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.call.Once;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The known_hosts files of a run, each read once, and the keys that were believed since. Safe for
 * use by many threads.
 */
public final class KnownHosts {
  private final Once<Path, KnownHostsFile> files = new Once<>("ssh-hosts", KnownHostsFile::read);
  private final ConcurrentMap<String, HostKey> learned = new ConcurrentHashMap<>();

  /**
   * What the files say about a host.
   *
   * @param port of the host; 22 for one that is looked up by alias, as OpenSSH does it
   * @throws NodeFailedException if a file cannot be read: not knowing it could mean believing a key
   *     that it forbids
   */
  public KnownKeys find(List<Path> paths, String host, int port, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    String name = KnownKeys.nameOf(host, port);
    String bare = KnownKeys.nameOf(host, 22);
    List<KnownHost> exact = new ArrayList<>();
    List<KnownHost> portless = new ArrayList<>();
    List<KnownHostsFile> hiding = new ArrayList<>();
    for (Path path : paths) {
      KnownHostsFile file = file(path, deadline);
      exact.addAll(file.find(name));
      if (!name.equals(bare)) {
        portless.addAll(file.find(bare));
      }
      if (file.hidesSome()) {
        hiding.add(file);
      }
    }
    List<KnownHost> both = new ArrayList<>(exact);
    both.addAll(portless);
    return new KnownKeys(
        new KnownKeys.Names(name, bare),
        marked(both, KnownHost.Marker.REVOKED),
        marked(both, KnownHost.Marker.CERT_AUTHORITY),
        marked(exact, KnownHost.Marker.NONE),
        marked(portless, KnownHost.Marker.NONE),
        hiding);
  }

  private static List<KnownHost> marked(List<KnownHost> lines, KnownHost.Marker marker) {
    return lines.stream().filter(line -> line.marker() == marker).toList();
  }

  private KnownHostsFile file(Path path, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    try {
      return files.get(path, deadline.remainingMillis());
    } catch (TimeoutException e) {
      throw deadline.timedOut("connect");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException unread) {
        throw new NodeFailedException(
            new NodeFailure.HostKeyRejected(
                path + " cannot be read: " + FileTrouble.reason(unread)),
            e);
      }
      throw new IllegalStateException("reading " + path + " broke", e);
    }
  }

  /**
   * Believes a key of a host that no file lists, unless another one was believed in this run.
   *
   * @return whether it is believed
   */
  public boolean learn(String name, HostKey key) {
    HostKey before = learned.putIfAbsent(name, key);
    return before == null || before.equals(key);
  }
}
