package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.ProtocolException;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command over a keeper: one thread takes what it says, one feeds it, the caller waits. Whatever
 * goes wrong here, the interruption of the caller included, has the keeper end it.
 */
final class CommandTask {
  private static final int PIECE_BYTES = 32 << 10;

  /** How long a sink that was interrupted may take to let go. */
  private static final Duration LET_GO = Duration.ofSeconds(1);

  private final Wire wire;
  private final Deadline deadline;
  private final OutputStream out;
  private final OutputStream err;
  private final CompletableFuture<ExitStatus> end = new CompletableFuture<>();

  /** Set when nothing may be sent or written to the sinks any more. */
  private volatile boolean over;

  CommandTask(Wire wire, Deadline deadline, OutputStream out, OutputStream err) {
    this.wire = wire;
    this.deadline = deadline;
    this.out = out;
    this.err = err;
  }

  /** Runs it to its end; closes the wire if that does not come. */
  ExitStatus run(Frame command, InputStream stdin)
      throws NodeFailedException, InterruptedException {
    try {
      wire.send(command);
    } catch (IOException e) {
      throw Task.lost(e);
    }
    Thread taking = Thread.ofVirtual().name("warm-out").start(guarded(this::take));
    Thread feeding = Thread.ofVirtual().name("warm-in").start(guarded(() -> feed(stdin)));
    boolean ended = false;
    try {
      ExitStatus status = await();
      ended = true;
      return status;
    } finally {
      over = true;
      if (!ended) {
        wire.close();
      }
      letGo(taking, feeding);
    }
  }

  private ExitStatus await() throws NodeFailedException, InterruptedException {
    long grace = KeeperConnector.GRACE.toMillis();
    try {
      return end.get(deadline.remainingMillis() + grace, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw deadline.timedOut("command");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NodeFailedException failed) {
        throw failed;
      }
      if (!(e.getCause() instanceof IOException)) {
        throw new IllegalStateException("a stream of a command broke", e.getCause());
      }
      if (deadline.passed()) {
        throw deadline.timedOut("command");
      }
      throw Task.lost(new IOException(Causes.text(e), e));
    }
  }

  /** Nobody waits for a thread that died. */
  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        end.completeExceptionally(e);
      }
    };
  }

  private void take() {
    try {
      while (!over) {
        Frame frame = wire.next();
        Optional<ExitStatus> status = Values.status(frame);
        if (status.isPresent()) {
          end.complete(status.get());
          return;
        }
        deliver(frame);
      }
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  private void deliver(Frame frame) throws IOException {
    switch (frame.type()) {
      case DATA -> write(out, frame.content());
      case STDERR -> write(err, frame.content());
      case FAILED -> throw new NodeFailedException(Values.failure(frame));
      default -> throw new ProtocolException("an unexpected " + frame.type());
    }
  }

  private static void write(OutputStream sink, byte[] bytes) throws NodeFailedException {
    try {
      sink.write(bytes, 0, bytes.length);
      sink.flush();
    } catch (IOException e) {
      throw Causes.outputLost(e);
    }
  }

  private void feed(InputStream stdin) {
    byte[] buffer = new byte[PIECE_BYTES];
    while (!over) {
      int n;
      try {
        n = stdin.read(buffer);
      } catch (IOException e) {
        // An end here would let the command take a part for the whole.
        end.completeExceptionally(Causes.inputLost(e));
        return;
      }
      if (over) {
        return;
      }
      try {
        if (n < 0) {
          wire.send(Frame.of(FrameType.END));
          return;
        }
        wire.send(Frame.data(FrameType.DATA, buffer, 0, n));
      } catch (IOException e) {
        // The keeper is gone, or its last word came; who takes that knows which.
        return;
      }
    }
  }

  /** The feeder may hang in a read that knows no interruption, and sends nothing more. */
  private static void letGo(Thread taking, Thread feeding) {
    feeding.interrupt();
    taking.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      taking.join(LET_GO);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
