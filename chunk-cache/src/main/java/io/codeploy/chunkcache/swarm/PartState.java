package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import io.codeploy.chunkcache.swarm.policy.Outcome;
import io.codeploy.chunkcache.swarm.policy.Step;
import io.codeploy.chunkcache.swarm.policy.SwarmPolicy;
import java.util.List;
import java.util.Optional;

/**
 * All that a member knows of one part: its policy, its have-log, who waits for what, and whether it
 * gets on. Like the policy without I/O, threads and clock; {@link Part} puts a lock around it.
 */
final class PartState {
  private final ChunkList chunks;
  private final SwarmPolicy policy;
  private final Arrivals arrivals;
  private final Patience patience;
  private final HaveLog log = new HaveLog();
  private final Demand demand = new Demand();
  private final Memory memory;

  /** {@code arrivals} is what the member has received of all parts. */
  PartState(List<ChunkRef> chunks, SwarmPolicy policy, Arrivals arrivals, Patience patience) {
    this.chunks = new ChunkList(chunks);
    this.memory = new Memory(this.chunks);
    this.policy = policy;
    this.arrivals = arrivals;
    this.patience = patience;
  }

  ChunkList chunks() {
    return chunks;
  }

  SwarmPolicy policy() {
    return policy;
  }

  HaveLog log() {
    return log;
  }

  /** The member has {@code chunk}. */
  void have(int chunk, long now) {
    policy.withdraw(chunk);
    log.add(chunk);
    patience.restart(now);
  }

  /** What others are told who know the first {@code since} entries of the log. */
  HaveDelta news(long since, int limit) {
    return new HaveDelta(
        log.next(since, limit),
        arrivals.bytes() + policy.waits(),
        policy.wantsAnything(),
        log.since(since, limit));
  }

  Optional<Step> next(long now) {
    // Whoever did not look while memory is full would take that for a pause of this process.
    policy.look(now);
    Optional<Step> step =
        policy.drop().or(() -> memory.hasRoom() ? policy.next(now) : Optional.empty());
    step.ifPresent(memory::take);
    return step;
  }

  void heard(int rank, HaveDelta news, long now) {
    if (policy.heard(rank, news, now)) {
      patience.othersGotOn(now);
    }
  }

  void done(Step step, Outcome outcome, long now) {
    policy.done(step, outcome, now);
  }

  /** The memory that {@code step} took is free again. */
  void release(Step step) {
    memory.giveBack(step);
  }

  void open(Fetch fetch, long now) {
    demand.open(fetch);
    patience.restart(now);
  }

  void close(Fetch fetch) {
    demand.close(fetch);
    fetch.missing().forEach(this::withdrawUnlessWanted);
  }

  /** The fetches whose sink the caller is to give {@code chunk} to. */
  List<Fetch> claim(int chunk) {
    return demand.claim(chunk);
  }

  /** The sink of {@code fetch} has taken {@code chunk}. */
  void delivered(Fetch fetch, int chunk, long now) {
    fetch.delivered(chunk);
    patience.restart(now);
  }

  /** Whether {@code fetch}, which still waits, is to be given up. */
  boolean givenUp(Fetch fetch, long now) {
    patience.arrived(arrivals.bytes(), now);
    return patience.over(now)
        || fetch.inVain(chunk -> policy.vain(chunk, patience.signNanos(), now));
  }

  /** Another member asks for {@code chunk} and waits until {@link #endAsk}. */
  void ask(int chunk, long now) {
    demand.ask(chunk);
    policy.wantUrgently(chunk, now);
  }

  void endAsk(int chunk) {
    demand.endAsk(chunk);
    withdrawUnlessWanted(chunk);
  }

  private void withdrawUnlessWanted(int chunk) {
    if (!demand.exists(chunk)) {
      policy.withdraw(chunk);
    }
  }
}
