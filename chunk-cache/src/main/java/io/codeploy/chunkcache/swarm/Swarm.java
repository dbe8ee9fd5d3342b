package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.FileLayout;
import io.codeploy.chunkcache.member.Roster;
import io.codeploy.chunkcache.origin.Origin;
import io.codeploy.chunkcache.store.ChunkStore;
import io.codeploy.chunkcache.swarm.policy.PolicyLimits;
import io.codeploy.chunkcache.swarm.policy.SwarmPolicy;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * This node's membership of one deployment: fetches what the node wants, and goes on serving what
 * it has until closed. Registered with a {@link SwarmRoute}, it answers other members; it tells
 * them only of chunks of parts that it has joined. Safe for use by many threads.
 */
public final class Swarm implements AutoCloseable {
  private final SwarmSettings settings;
  private final ChunkStore store;
  private final LongSupplier nanoClock;
  private final RandomGenerator random;
  private final Roster roster;
  private final Ledger ledger = new Ledger();
  private final Courier courier;
  private final LocalChunks local;
  private final MemberRoute route;
  private final Parts parts = new Parts();

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, PartRun> runs = new HashMap<>();
  private boolean closed;

  /**
   * @param origin absent when this node has no access to it
   * @param nanoClock monotonic nanoseconds
   * @param random decides among equals
   */
  public Swarm(
      SwarmSettings settings,
      Optional<Origin> origin,
      ChunkStore store,
      LongSupplier nanoClock,
      RandomGenerator random) {
    this.settings = Objects.requireNonNull(settings, "settings is null");
    Objects.requireNonNull(origin, "origin is null");
    this.store = Objects.requireNonNull(store, "store is null");
    this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock is null");
    this.random = Objects.requireNonNull(random, "random is null");
    this.roster = new Roster(settings.deployment(), settings.peers());
    this.courier = new Courier(settings, origin, ledger, nanoClock);
    this.local = new LocalChunks(store, ledger);
    this.route = new MemberRoute(settings, parts, store, local);
  }

  /**
   * Makes a part known: from now on the member tells others which of its chunks it has, serves them
   * and, as an owner, gets those that it is asked for. Done by {@link #fetch} too; a node that
   * wants nothing of a part joins it all the same. Again: does nothing.
   *
   * @param part {@code manifest}, {@code content} or another short name in lower-case letters
   * @param chunks the same list at all members
   */
  public void join(String part, List<ChunkRef> chunks) {
    joined(part, chunks);
  }

  /**
   * Gives the chunks of {@code wanted} to {@code sink}, from the store where they are there, else
   * from other members or the origin; verified and kept before. Blocks until all are given, the
   * sink fails, or it is given up (see {@link SwarmSettings#giveUpAfter}). The sink is called by
   * several threads, and not after this has returned.
   *
   * @param wanted indexes into {@code chunks}
   * @throws InterruptedException if interrupted; what has come until then stays in the store
   */
  public SwarmResult fetch(String part, List<ChunkRef> chunks, BitSet wanted, ChunkSink sink)
      throws InterruptedException {
    if (wanted.length() > chunks.size()) {
      throw new IllegalArgumentException("no chunk " + (wanted.length() - 1) + " in " + part);
    }
    Part joined = joined(part, chunks);
    Fetch fetch = new Fetch(wanted, sink);
    joined.open(fetch);
    try {
      local.deliver(joined, fetch, wanted);
      joined.await(fetch);
    } finally {
      joined.close(fetch);
    }
    return fetch.complete()
        ? new SwarmResult.Complete()
        : new SwarmResult.Incomplete(fetch.missing(), cause(joined, fetch));
  }

  /**
   * Puts the files that {@code layout} knows under {@code /f/}; their chunks are a joined part's.
   */
  public void offerFiles(FileLayout layout) {
    route.offerFiles(layout);
  }

  /** What has been moved so far. */
  public SwarmTraffic traffic() {
    return ledger.traffic(route.bytesServed());
  }

  /** Members that sent wrong bytes and are no longer asked, one line each. */
  public List<String> accusations() {
    return ledger.accusations();
  }

  /** Ends fetches that still run and answers no more; the store stays. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      runs.values().forEach(PartRun::close);
    } finally {
      lock.unlock();
    }
    courier.close();
  }

  boolean admits(Exchange exchange) {
    return settings.token().admits(exchange);
  }

  MemberRoute route() {
    return route;
  }

  private Part joined(String name, List<ChunkRef> chunks) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the swarm is closed");
      }
      Optional<Part> known = parts.find(name);
      if (known.isPresent()) {
        return known.get();
      }
      Part part = part(name, chunks);
      local.announce(part);
      runs.put(name, PartRun.start(part, courier, store, threadName(name)));
      parts.add(part);
      return part;
    } finally {
      lock.unlock();
    }
  }

  private Part part(String name, List<ChunkRef> chunks) {
    Patience patience = new Patience(settings.giveUpAfter());
    PartState state = new PartState(chunks, policy(chunks), ledger.arrivals(), patience);
    return new Part(name, state, nanoClock, Part.GATHERING);
  }

  private SwarmPolicy policy(List<ChunkRef> chunks) {
    return new SwarmPolicy(
        roster,
        settings.self(),
        chunks,
        PolicyLimits.DEFAULT,
        new SplittableRandom(random.nextLong()));
  }

  private String threadName(String part) {
    String id = settings.deployment();
    return "swarm-" + id.substring(0, Math.min(8, id.length())) + "-" + part;
  }

  private String cause(Part part, Fetch fetch) {
    List<ChunkRef> missing = fetch.missing().stream().map(part::chunk).toList();
    return fetch
        .failure()
        .orElseGet(
            () ->
                fetch.refused()
                    ? Cause.ofRefusal(settings, ledger, missing)
                    : Cause.ofStandstill(settings, ledger, missing));
  }
}
