package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.config.HostSettings;
import io.codeploy.multiquery.ssh.config.HostSettingsResolver;
import io.codeploy.multiquery.ssh.config.Jump;
import io.codeploy.multiquery.ssh.config.SshConfig;
import io.codeploy.multiquery.ssh.config.SshConfigException;
import io.codeploy.multiquery.ssh.config.SshConfigReader;
import io.codeploy.multiquery.ssh.config.SshSettings;
import io.codeploy.multiquery.ssh.hostkey.KnownHosts;
import io.codeploy.multiquery.ssh.key.Identities;
import io.codeploy.multiquery.ssh.key.JdkSecurity;
import io.codeploy.multiquery.ssh.key.Passphrases;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.SshClient;

/**
 * Connections over the one SSH client of the process.
 *
 * <p>Who logs in where, with which keys, is decided by node list, settings and ssh_config in the
 * order that {@link HostSettingsResolver} lists. Hosts behind a {@code ProxyJump} are reached
 * through one session per jump host for the whole run. Files of keys, known hosts and ssh_config
 * are read once.
 */
public final class MinaConnector implements Connector {
  /** Two serve hundreds of nodes. */
  private static final int IO_WORKERS = 3;

  /** What may be begun before the library is ready is begun within this, or not at all. */
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  /**
   * How many nodes have commands of {@code Match exec} run at once before the first is launched.
   */
  private static final int COMMANDS = 32;

  private final ClientThreads threads;
  private final Sockets sockets;
  private final SshClient client;
  private final Identities identities = new Identities();
  private final Passphrases passphrases;
  private final HostSettingsResolver resolver;
  private final Route route;
  private final TimeSource time;
  private final AtomicInteger channels = new AtomicInteger();

  /**
   * Reads ssh_config and starts the client.
   *
   * @throws SshConfigException if an ssh_config file cannot be read, or says what this reader
   *     cannot honour for any host, such as {@code Match exec}
   */
  public MinaConnector(SshSettings settings, TimeSource time) throws SshConfigException {
    this(settings, time, List.of(), () -> {});
  }

  /**
   * The same while classes of the SSH library are still being made ready.
   *
   * @param first nodes that will be connected to as soon as this is prepared: it begins TCP
   *     connections to them, where nobody has to be asked for a passphrase before
   * @param ready returns when the SSH library may be used
   */
  public MinaConnector(SshSettings settings, TimeSource time, List<Node> first, Runnable ready)
      throws SshConfigException {
    this.time = time;
    SshConfig config = new SshConfigReader(settings.local().home()).read(settings.configFiles());
    resolver = new HostSettingsResolver(settings, config);
    threads = new ClientThreads(IO_WORKERS);
    sockets = new Sockets(threads.io());
    passphrases = new Passphrases(identities, settings.person());
    Approach approach = new Approach(sockets, time);
    begin(first, approach);
    approach.letGo();
    ready.run();
    JdkSecurity.register();
    KnownHosts hosts = new KnownHosts();
    client = ClientFactory.create(threads, new HostKeyVerifier(hosts));
    client.setIoServiceFactoryFactory(new ConnectedSessions(threads, sockets));
    client.start();
    SessionOpener opener = new SessionOpener(client, approach, settings.person());
    route = new Route(resolver, hosts, identities, approach, opener, time);
  }

  private void begin(List<Node> nodes, Approach approach) {
    Deadline early = Deadline.after(time, HEAD_START);
    try {
      for (Node node : nodes) {
        // Those that a Match exec keeps waiting are connected to in their turn.
        if (!early.passed()) {
          begin(node, approach, early);
        }
      }
    } catch (InterruptedException e) {
      // Whoever connects is told.
      Thread.currentThread().interrupt();
    }
  }

  private void begin(Node node, Approach approach, Deadline deadline) throws InterruptedException {
    try {
      HostSettings settings = resolver.node(node.host(), node.user(), node.port(), deadline);
      if (!passphrases.mayAsk(settings.keys())) {
        approach.begin(settings);
      }
    } catch (NodeFailedException e) {
      // It is that node's failure, and told when it is connected to.
    }
  }

  @Override
  public void prepare(List<Node> nodes) throws IOException {
    Deadline noLimit = Deadline.after(time, Duration.ZERO);
    try {
      if (resolver.runsCommands()) {
        resolve(nodes, noLimit);
      }
      for (Node node : nodes) {
        for (HostSettings settings : onTheWay(node, noLimit)) {
          passphrases.settle(settings.keys(), noLimit);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** So that commands of one node do not wait for those of another. */
  private void resolve(List<Node> nodes, Deadline deadline) throws InterruptedException {
    new Fanout("ssh-settings", COMMANDS, Duration.ZERO, time)
        .map(nodes, node -> onTheWay(node, deadline), node -> List.<HostSettings>of());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** The host and those that its ProxyJump names; none of what is refused when it is connected. */
  private List<HostSettings> onTheWay(Node node, Deadline deadline) throws InterruptedException {
    List<HostSettings> all = new ArrayList<>();
    try {
      all.add(resolver.node(node.host(), node.user(), node.port(), deadline));
      for (String hop : all.getFirst().jumps()) {
        all.add(resolver.jump(Jump.parse(hop), deadline));
      }
    } catch (NodeFailedException e) {
      // It is that node's failure, and told as such.
    }
    return all;
  }

  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    Deadline deadline = Deadline.after(time, limit);
    HostSettings settings = resolver.node(node.host(), node.user(), node.port(), deadline);
    return new MinaConnection(node, route.open(settings, deadline), time, channels);
  }

  /** Ends all sessions at once, without farewells, and all threads. */
  @Override
  public void close() {
    resolver.close();
    client.stop();
    sockets.close();
    identities.close();
    threads.close();
  }
}
