package io.codeploy.agent.daemon;

import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.AgentStateCodec;
import io.codeploy.agent.control.AgentStatus;
import io.codeploy.agent.plan.AtomicFile;
import io.codeploy.agent.plan.DeploymentRecords;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.store.ChunkStore;
import io.codeploy.chunkcache.swarm.SwarmRoute;
import io.codeploy.chunkcache.wire.PeerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A running agent: a chunk cache for its deployments' peers, and a control port on the loopback
 * address for the controller.
 */
public final class Agent implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());
  private static final int UPLOADS = 8;

  private final AgentSettings settings;
  private final AgentLock lock;
  private final Activity activity;
  private final ChunkStore store;
  private final Proxies proxies;
  private final Deployments deployments;
  private final HttpServer control;
  private final PeerServer peers;
  private final AgentState state;

  /** Set by the first to close: later the state file may be another agent's. */
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Held while the state file is looked after: a signal may end the agent meanwhile. */
  private final ReentrantLock finding = new ReentrantLock();

  private Agent(AgentSettings settings, AgentLock lock, LongSupplier nanoClock) throws IOException {
    this.settings = settings;
    this.lock = lock;
    this.activity = new Activity(nanoClock);
    SecureRandom random = new SecureRandom();
    Path storeDir = Files.createDirectories(settings.dir().resolve("store"));
    this.store = ChunkStore.open(storeDir, settings.quota().bytes(storeDir));
    UploadSlots uploads = new UploadSlots(UPLOADS, nanoClock);
    CacheParts cache = new CacheParts(store, new SwarmRoute(), uploads, nanoClock, random);
    this.proxies = new Proxies(store, nanoClock, activity);
    DeploymentRecords records = new DeploymentRecords(settings.dir());
    this.deployments = new Deployments(cache, proxies, records, settings.kept(), activity);
    BearerToken token = BearerToken.random(random);
    ImageRoute image = new ImageRoute(settings.imageArchive(), nanoClock);
    this.peers = peers(image, cache.route(), nanoClock);
    try {
      this.control =
          control(
              new ControlRoute(
                  token,
                  deployments,
                  activity,
                  settings.home(),
                  image,
                  new Inquiries(this::status, nanoClock)));
    } catch (IOException e) {
      peers.close();
      throw e;
    }
    this.state = state(token);
  }

  /**
   * Starts an agent; it can be found by its state file once this returns.
   *
   * @param nanoClock monotonic nanoseconds
   * @throws IOException if one runs in that directory ({@code AgentRunsException}), or an address
   *     cannot be bound
   */
  public static Agent start(AgentSettings settings, LongSupplier nanoClock) throws IOException {
    Files.createDirectories(
        settings.dir(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    AgentLock lock = AgentLock.take(settings.dir());
    try {
      Agent agent = new Agent(settings, lock, nanoClock);
      agent.writeState();
      return agent;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** How to find it. */
  public AgentState state() {
    return state;
  }

  /** Blocks until it is told to stop, has been idle for long, or its directory is gone. */
  public void awaitEnd() throws InterruptedException {
    activity.awaitEnd(settings.idleOut(), this::keepFindable, this::rest);
  }

  /**
   * Writes a state file that was lost alone again, since no other agent can start there; says
   * whether the directory is still its own, without which nobody would ever find it.
   */
  boolean keepFindable() {
    finding.lock();
    try {
      boolean stands = lock.stands();
      if (stands && !closed.get() && Files.notExists(stateFile())) {
        writeState();
      }
      return stands;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot look after " + stateFile() + ": " + e);
      return true;
    } finally {
      finding.unlock();
    }
  }

  /**
   * Ends deployments that run and frees addresses and directory, even where it throws. Again: does
   * nothing.
   */
  @Override
  public void close() throws IOException, InterruptedException {
    if (closed.getAndSet(true)) {
      return;
    }
    // Closed from the last to the first, each whatever became of the others.
    try (lock;
        peers;
        control;
        proxies;
        deployments) {
      activity.stop();
      removeState();
    }
  }

  private void removeState() throws IOException {
    finding.lock();
    try {
      if (lock.stands()) {
        Files.deleteIfExists(stateFile());
      }
    } finally {
      finding.unlock();
    }
  }

  /** An agent is idle nearly always: the memory that a deployment took goes back to the system. */
  void rest() {
    deployments.rest();
    store.releaseMappings();
    try {
      lock.touch();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot touch the lock in " + settings.dir() + ": " + e);
    }
    System.gc();
  }

  private Path stateFile() {
    return settings.dir().resolve(AgentStateCodec.FILE);
  }

  private void writeState() throws IOException {
    AtomicFile.write(stateFile(), AgentStateCodec.encode(state).getBytes(StandardCharsets.UTF_8));
  }

  private static HttpServer control(Route route) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return HttpServer.start("agent-http", List.of(new Endpoint(loopback, List.of(route))));
  }

  private PeerServer peers(Route image, SwarmRoute swarms, LongSupplier nanoClock)
      throws IOException {
    Route cache =
        exchange -> {
          activity.touch();
          return image.handle(exchange)
              || proxies.route().handle(exchange)
              || swarms.handle(exchange);
        };
    InetSocketAddress address = new InetSocketAddress(settings.listen(), 0);
    return PeerServer.start("agent-peers", address, cache, nanoClock, PeerServer.DEFAULT_STALL);
  }

  private AgentState state(BearerToken token) {
    return new AgentState(
        ProcessHandle.current().pid(),
        settings.version(),
        control.addresses().getFirst().getPort(),
        token.hex(),
        settings.listen(),
        peers.address().getPort());
  }

  private AgentStatus status() {
    return new AgentStatus(
        settings.version(),
        ProcessHandle.current().pid(),
        activity.uptime().toSeconds(),
        deployments.status());
  }
}
