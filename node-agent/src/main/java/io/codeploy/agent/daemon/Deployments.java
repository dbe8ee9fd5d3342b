package io.codeploy.agent.daemon;

import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.agent.control.AgentStatus;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.plan.DeploymentRecords;
import io.codeploy.agent.plan.RemoteDir;
import io.codeploy.chunkcache.store.Pin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The deployments of an agent: those that run, one a remote directory, and the last ones that
 * ended, which go on serving their chunks. Safe for use by many threads.
 */
final class Deployments implements AutoCloseable {
  private static final int SERVED_AFTER_END = 3;

  /** What is in the way is walked through and removed level by level: 2,048 make a path. */
  private static final long STACK_BYTES = 4 << 20;

  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  /** It takes two signs of life, a second apart, to notice that a controller is gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /**
   * What is told where a deployment does not come back. Made before anything can go wrong: there
   * may be no memory for it then.
   */
  private static final Report BROKEN =
      new Report(
          new Counts(0, 0, 0, 0, 0),
          new Traffic(0, 0, 0, 0),
          List.of("internal error; see agent.log on the node"));

  private final CacheParts cache;
  private final Proxies proxies;
  private final DeploymentRecords records;
  private final List<Path> kept;
  private final Activity activity;
  private final LastTrees lastTrees = new LastTrees();

  private final ReentrantLock lock = new ReentrantLock();

  /** By root. Guarded by {@link #lock}, as is {@link #ended}. */
  private final Map<Path, Running> running = new LinkedHashMap<>();

  private final Deque<Deployment> ended = new ArrayDeque<>();

  private record Running(Deployment deployment, Thread thread) {}

  /**
   * @param kept what none of them removes, nor what is in it or holds it; absolute
   */
  Deployments(
      CacheParts cache,
      Proxies proxies,
      DeploymentRecords records,
      List<Path> kept,
      Activity activity) {
    this.cache = cache;
    this.proxies = proxies;
    this.records = records;
    this.kept = kept;
    this.activity = activity;
  }

  /**
   * Starts a deployment on a thread of its own. One to the same directory whose controller is gone
   * is ended before; whoever comes right after a controller that was stopped need not come twice.
   *
   * @return empty when one to the same directory runs, and is followed
   * @throws IllegalArgumentException if the request contradicts itself
   */
  Optional<Deployment> start(DeployRequest request, RemoteDir dir) throws InterruptedException {
    makeWay(dir);
    lock.lock();
    try {
      if (running.containsKey(dir.root())) {
        return Optional.empty();
      }
      Deployment deployment =
          new Deployment(request, dir, new Member(request, cache), proxies, records, kept);
      // A platform thread: it hashes for long, and would keep virtual ones from the processors.
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .stackSize(STACK_BYTES)
              .name("deploy-" + request.deployment())
              .unstarted(() -> run(deployment));
      // First, as it may fail; the thread cannot end before the lock is free.
      thread.start();
      running.put(dir.root(), new Running(deployment, thread));
      activity.begin();
      return Optional.of(deployment);
    } finally {
      lock.unlock();
    }
  }

  private void makeWay(RemoteDir dir) throws InterruptedException {
    for (Running one : snapshot()) {
      if (one.deployment().dir().root().equals(dir.root())
          && one.deployment().awaitAbandoned(PATIENCE)) {
        end(one);
      }
    }
  }

  /** Ends the deployment of that name, if it runs, and waits a little for it to clean up. */
  void end(String deployment) throws InterruptedException {
    for (Running one : snapshot()) {
      if (one.deployment().request().deployment().equals(deployment)) {
        end(one);
      }
    }
  }

  private static void end(Running one) throws InterruptedException {
    one.thread().interrupt();
    one.thread().join(END_LIMIT);
  }

  List<AgentStatus.Deployment> status() {
    lock.lock();
    try {
      return Stream.concat(
              running.values().stream().map(one -> status(one.deployment(), true)),
              ended.stream().map(one -> status(one, false)))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps serving only the last deployment that ended: nobody has asked for any for a while. */
  void rest() {
    List<Deployment> superseded = new ArrayList<>();
    lock.lock();
    try {
      while (ended.size() > 1) {
        superseded.add(ended.removeFirst());
      }
    } finally {
      lock.unlock();
    }
    superseded.forEach(one -> one.member().close());
  }

  /** Interrupts what runs and waits a little for it to clean up, then stops serving. */
  @Override
  public void close() throws InterruptedException {
    for (Running one : snapshot()) {
      one.thread().interrupt();
    }
    for (Running one : snapshot()) {
      one.thread().join(END_LIMIT);
    }
    snapshot().forEach(one -> one.deployment().member().close());
    lock.lock();
    try {
      ended.forEach(deployment -> deployment.member().close());
      ended.clear();
    } finally {
      lock.unlock();
    }
  }

  private void run(Deployment deployment) {
    Report report = BROKEN;
    try {
      report = deployment.run();
      keep(deployment);
    } finally {
      conclude(deployment, report);
    }
  }

  private void keep(Deployment deployment) {
    Pin held = deployment.member().held();
    try {
      deployment.active().ifPresentOrElse(tree -> lastTrees.add(tree, held), held::close);
    } catch (RuntimeException | Error e) {
      held.close();
      throw e;
    }
  }

  /** Frees its directory before its follower hears of it, and may come again. */
  private void conclude(Deployment deployment, Report report) {
    try {
      over(deployment).ifPresent(one -> one.member().close());
    } finally {
      deployment.end(report);
      activity.end();
    }
  }

  private Optional<Deployment> over(Deployment deployment) {
    lock.lock();
    try {
      running.remove(deployment.dir().root());
      ended.addLast(deployment);
      return ended.size() > SERVED_AFTER_END ? Optional.of(ended.removeFirst()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private List<Running> snapshot() {
    lock.lock();
    try {
      return new ArrayList<>(running.values());
    } finally {
      lock.unlock();
    }
  }

  private static AgentStatus.Deployment status(Deployment deployment, boolean runs) {
    return new AgentStatus.Deployment(
        deployment.request().deployment(), deployment.dir().path().toString(), runs);
  }
}
