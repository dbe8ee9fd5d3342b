package io.codeploy.multiquery.ssh.call;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The streams of one running command, each carried by a thread of its own. A slow sink makes what
 * it is fed from run full and nothing else. One thread uses this, but {@link #ended} is for any.
 */
public final class CarriedStreams {
  /** How long a sink that was interrupted may take to let go. */
  private static final long LET_GO_MILLIS = 1000;

  private static final int OUTPUTS = 2;

  private final Thread.Builder threads;
  private final CountDownLatch ends;
  private final AtomicReference<NodeFailure> failure = new AtomicReference<>();
  private final AtomicReference<Throwable> bug = new AtomicReference<>();
  private final List<Thread> carriers = new ArrayList<>();

  /** Set when nothing may be written to the sinks any more. */
  private volatile boolean over;

  /**
   * Carries nothing yet.
   *
   * @param threads of the kind that the streams' reads may block
   * @param otherEnds how many ends there are to wait for besides those of both outputs
   */
  public CarriedStreams(Thread.Builder threads, int otherEnds) {
    this.threads = threads;
    this.ends = new CountDownLatch(OUTPUTS + otherEnds);
  }

  /** Begins: the command's two outputs to their sinks, {@code stdin} to its input. */
  public void carry(
      InputStream out,
      OutputStream outSink,
      InputStream err,
      OutputStream errSink,
      InputStream stdin,
      OutputStream in) {
    start("ssh-out", () -> drain(out, outSink));
    start("ssh-err", () -> drain(err, errSink));
    start("ssh-in", () -> feed(stdin, in));
  }

  /** One of the other ends came. */
  public void ended() {
    ends.countDown();
  }

  /**
   * Waits for all ends, or a failure here; false when the limit passes before.
   *
   * @throws IllegalStateException for whatever a sink or {@code stdin} threw that is no I/O
   */
  public boolean await(Deadline deadline) throws InterruptedException {
    boolean ended = ends.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    if (bug.get() != null) {
      throw new IllegalStateException("a stream of a command broke", bug.get());
    }
    return ended;
  }

  /** What went wrong with a sink or with {@code stdin}. */
  public Optional<NodeFailure> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * Stops carrying: the sinks are not touched afterwards, but by one that does not heed an
   * interruption within a second.
   *
   * @param close ends the streams under those who read them
   */
  public void letGo(Runnable close) {
    over = true;
    close.run();
    boolean interrupted = false;
    carriers.forEach(Thread::interrupt);
    // The one that reads stdin may hang in a read that knows no interruption, and writes nothing.
    for (Thread carrier : carriers.subList(0, Math.min(OUTPUTS, carriers.size()))) {
      try {
        carrier.join(LET_GO_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(String name, Runnable work) {
    carriers.add(threads.name(name).start(() -> guarded(work)));
  }

  /** Nobody waits for a carrier that died. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      bug.compareAndSet(null, e);
      endAll();
    }
  }

  private void drain(InputStream from, OutputStream to) {
    byte[] buffer = new byte[Sizes.FIRST_BUFFER];
    try {
      for (int n = from.read(buffer); n >= 0 && !over; n = from.read(buffer)) {
        if (!deliver(buffer, n, to)) {
          return;
        }
        buffer = Sizes.grown(buffer, n);
      }
      ends.countDown();
    } catch (IOException e) {
      // The stream was closed under the reader; who closed it knows why.
      ends.countDown();
    }
  }

  private boolean deliver(byte[] bytes, int length, OutputStream to) {
    try {
      to.write(bytes, 0, length);
      to.flush();
      return true;
    } catch (IOException e) {
      fail(Causes.outputLost(e));
      return false;
    }
  }

  private void feed(InputStream stdin, OutputStream to) {
    byte[] buffer = new byte[Sizes.PACKET];
    while (!over) {
      int n;
      try {
        n = stdin.read(buffer);
      } catch (IOException e) {
        // An end of file here would let the command take a part for the whole.
        fail(Causes.inputLost(e));
        return;
      }
      try {
        if (n < 0) {
          to.close();
          return;
        }
        to.write(buffer, 0, n);
        to.flush();
      } catch (IOException e) {
        // The command ended without reading everything, which is its right.
        return;
      }
    }
  }

  private void fail(NodeFailedException lost) {
    failure.compareAndSet(null, lost.failure());
    endAll();
  }

  private void endAll() {
    while (ends.getCount() > 0) {
      ends.countDown();
    }
  }
}
