package io.codeploy.multicopy.progress;

import io.codeploy.multicopy.rate.Brake;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far one node's copy is. Written by who copies, one after another; read by anybody, each
 * figure for itself. Bytes are those of contents, not of what they are wrapped in.
 */
public final class Progress {
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong steps = new AtomicLong();
  private final AtomicInteger ownWork = new AtomicInteger();
  private final Brake brake;

  // Written by the copying thread alone.
  private volatile boolean committed;

  // Written by plan(); one volatile field for both, so that they belong together.
  private volatile Plan plan = new Plan(Optional.empty(), Amount.NONE);

  private record Plan(Optional<Amount> lacking, Amount skipped) {}

  /** Of a copy as fast as it can be. */
  public Progress() {
    this(Brake.NONE);
  }

  public Progress(Brake brake) {
    this.brake = brake;
  }

  /** Time in which the node waits for us. */
  @FunctionalInterface
  public interface OwnWork extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * What there is to do is known. To be called again where more is known of it, and where a copy is
   * begun again.
   *
   * @param lacking what the node lacks, all in all
   * @param staged how much of that it has in a stage already
   * @param skipped what it has where it is to be
   */
  public void plan(Amount lacking, Amount staged, Amount skipped) {
    plan = new Plan(Optional.of(lacking), skipped);
    files.set(staged.files());
    bytes.set(staged.bytes());
    step();
  }

  /** A file is done. */
  public void file() {
    files.incrementAndGet();
    step();
  }

  /** A file of so many bytes is there already, and no plan has told of it. */
  public void skip(long size) {
    plan = new Plan(plan.lacking(), plan.skipped().plus(new Amount(1, size)));
    step();
  }

  /** So many more bytes are on their way, as soon as the run's rates allow it: may block. */
  public void bytes(int count) {
    bytes.addAndGet(count);
    sent.addAndGet(count);
    try (OwnWork waiting = ownWork()) {
      brake.hold(count);
    }
  }

  /** Something happened that is neither: a sign of life. */
  public void step() {
    steps.incrementAndGet();
  }

  /** What is done until this is closed is ours: the node cannot show any progress. */
  public OwnWork ownWork() {
    ownWork.incrementAndGet();
    return () -> {
      step();
      ownWork.decrementAndGet();
    };
  }

  /** Whether the node waits for us. */
  boolean isOwnWork() {
    return ownWork.get() > 0;
  }

  /** What is done from here on would be another thing if it were begun again. */
  public void commit() {
    committed = true;
  }

  /** Whether the copy must not be begun again. */
  public boolean isCommitted() {
    return committed;
  }

  /** Changes with everything that happens. */
  long steps() {
    return steps.get();
  }

  /** What the node has of what it lacked: files that are whole, bytes of any. */
  public Amount done() {
    return new Amount(files.get(), bytes.get());
  }

  /** What the node lacked at the beginning, once that is known. */
  public Optional<Amount> lacking() {
    return plan.lacking();
  }

  /** What the node had already. */
  public Amount skipped() {
    return plan.skipped();
  }

  /** Bytes that were sent or fetched, also in vain. */
  public long sentBytes() {
    return sent.get();
  }
}
