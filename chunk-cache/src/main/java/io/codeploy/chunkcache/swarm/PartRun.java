package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.origin.Web;
import io.codeploy.chunkcache.store.ChunkStore;
import io.codeploy.chunkcache.swarm.policy.Outcome;
import io.codeploy.chunkcache.swarm.policy.Step;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries out the steps of a part: one virtual thread takes them from the policy, one more for each
 * step asks, keeps, announces, decodes and hands on. The policy's windows bound how many there are.
 */
final class PartRun implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PartRun.class.getName());

  private final Part part;
  private final Courier courier;
  private final ChunkStore store;
  private final String threadName;
  private final Thread driver;
  private final Set<Thread> steps = ConcurrentHashMap.newKeySet();

  /** Who waits for bytes, and may be interrupted alone. */
  private final Map<Step.Fetch, Thread> carrying = new ConcurrentHashMap<>();

  /** Those who write into the store, and this run until it is closed. */
  private final Phaser writers = new Phaser(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  private PartRun(Part part, Courier courier, ChunkStore store, String threadName) {
    this.part = part;
    this.courier = courier;
    this.store = store;
    this.threadName = threadName;
    this.driver = Thread.ofVirtual().name(threadName).unstarted(this::drive);
  }

  static PartRun start(Part part, Courier courier, ChunkStore store, String threadName) {
    PartRun run = new PartRun(part, courier, store, threadName);
    run.driver.start();
    return run;
  }

  /**
   * Ends the steps that are under way; those who wait for chunks get none any more. When this
   * returns, nothing is written into the store.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      part.close();
      driver.interrupt();
      steps.forEach(Thread::interrupt);
      writers.awaitAdvance(writers.arriveAndDeregister());
    }
  }

  private void drive() {
    try {
      Optional<Step> next = part.awaitStep();
      while (next.isPresent()) {
        begin(next.get());
        next = part.awaitStep();
      }
    } catch (InterruptedException e) {
      // Closed: this thread has nobody to tell.
      Thread.currentThread().interrupt();
    }
  }

  private void begin(Step step) {
    if (step instanceof Step.Drop drop) {
      carrying.computeIfPresent(
          drop.fetch(),
          (fetch, thread) -> {
            thread.interrupt();
            return null;
          });
      return;
    }
    Thread thread = Thread.ofVirtual().name(threadName + "-step").unstarted(() -> run(step));
    steps.add(thread);
    if (step instanceof Step.Fetch fetch) {
      carrying.put(fetch, thread);
    }
    thread.start();
  }

  private void run(Step step) {
    try {
      PeerClient.Answer answer = carry(step);
      if (step instanceof Step.Fetch fetch && carrying.remove(fetch) == null) {
        // Broken off; nothing else is to be.
        Thread.interrupted();
      }
      switch (step) {
        case Step.Drop drop -> {}
        case Step.Poll poll -> part.done(poll, answer, OptionalInt.of(poll.rank()));
        case Step.FromOrigin origin -> arrived(origin, answer, OptionalInt.empty());
        case Step.FromPeer peer -> arrived(peer, answer, OptionalInt.of(peer.rank()));
      }
    } finally {
      if (step instanceof Step.Fetch fetch) {
        part.release(fetch);
      }
      steps.remove(Thread.currentThread());
    }
  }

  /**
   * Always comes back with an answer, since a step without an end would be under way for ever.
   * OkHttp is Kotlin and lets an InterruptedException through that it does not declare.
   */
  private PeerClient.Answer carry(Step step) {
    try {
      return switch (step) {
        case Step.Drop drop -> throw new IllegalArgumentException("nothing to carry out");
        case Step.Poll poll ->
            courier.poll(poll, new HaveHeader.Question(part.name(), poll.since()));
        case Step.FromOrigin origin -> courier.fromOrigin(part.chunk(origin.chunk()));
        case Step.FromPeer peer ->
            courier.fromPeer(peer, part.chunk(peer.chunk()), part.question(peer.rank()));
      };
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      } else {
        LOG.log(System.Logger.Level.WARNING, threadName + ": " + step, e);
      }
      return PeerClient.Answer.without(new Outcome.Unreachable(), Optional.empty());
    }
  }

  private void arrived(Step.Fetch step, PeerClient.Answer answer, OptionalInt rank) {
    if (answer.chunk().isEmpty()) {
      part.done(step, answer, rank);
      return;
    }
    VerifiedChunk chunk = answer.chunk().get();
    Optional<String> trouble = keep(chunk);
    if (trouble.isEmpty()) {
      part.got(step, answer, rank);
    } else {
      part.done(step, answer, rank);
    }
    // Claimed last: a fetch that was opened meanwhile and did not find the chunk is among them.
    List<Fetch> claimed = part.claim(step.chunk());
    trouble.ifPresent(line -> part.update(() -> claimed.forEach(fetch -> fetch.failed(line))));
    deliver(step.chunk(), chunk, claimed);
  }

  private Optional<String> keep(VerifiedChunk chunk) {
    if (writers.register() < 0) {
      return Optional.of("the deployment has ended");
    }
    try {
      store.put(chunk);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Web.reason(e));
    } finally {
      writers.arriveAndDeregister();
    }
  }

  private void deliver(int index, VerifiedChunk chunk, List<Fetch> claimed) {
    for (Fetch fetch : claimed) {
      try {
        fetch.sink().accept(index, ChunkCodec.decode(part.chunk(index), chunk));
        part.delivered(fetch, index);
      } catch (IOException | RuntimeException e) {
        String line = e instanceof IOException io ? Web.reason(io) : "sink failed: " + e;
        part.update(() -> fetch.failed(index, line));
      }
    }
  }
}
