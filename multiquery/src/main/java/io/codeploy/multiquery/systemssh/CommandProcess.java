package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Causes;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One ssh process that runs a command: three threads carry its streams, the caller waits for its
 * end. They are platform threads, since a read of a pipe would hold the carrier of a virtual one. A
 * slow sink makes the pipe run full, and then the window of its channel.
 */
final class CommandProcess {
  private static final int BUFFER_BYTES = 32 << 10;

  /** How long a sink that was interrupted may take to let go. */
  private static final long LET_GO_MILLIS = 1000;

  private final Process process;

  /** Counts both outputs; released whole by a local failure. */
  private final CountDownLatch ends = new CountDownLatch(2);

  private final AtomicReference<NodeFailure> failure = new AtomicReference<>();
  private final List<Thread> carriers = new ArrayList<>();

  /** Set when nothing may be written to the sinks any more. */
  private volatile boolean over;

  CommandProcess(Process process) {
    this.process = process;
  }

  /** Runs to the end and returns ssh's exit status; the sinks are not touched afterwards. */
  int run(InputStream stdin, OutputStream out, OutputStream err, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    try {
      carry("ssh-out", () -> drain(process.getInputStream(), out));
      carry("ssh-err", () -> drain(process.getErrorStream(), err));
      carry("ssh-in", () -> feed(stdin));
      if (!ends.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) {
        throw deadline.timedOut("command");
      }
      if (failure.get() != null) {
        throw new NodeFailedException(failure.get());
      }
      if (!process.waitFor(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) {
        throw deadline.timedOut("command");
      }
      return process.exitValue();
    } finally {
      letGo();
    }
  }

  private void carry(String name, Runnable work) {
    carriers.add(Thread.ofPlatform().daemon().name(name).start(work));
  }

  private void drain(InputStream from, OutputStream to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int n = from.read(buffer); n >= 0 && !over; n = from.read(buffer)) {
        if (!deliver(buffer, n, to)) {
          return;
        }
      }
      ends.countDown();
    } catch (IOException e) {
      // The process was ended under the reader; who did so knows why.
      ends.countDown();
    }
  }

  private boolean deliver(byte[] bytes, int length, OutputStream to) {
    try {
      to.write(bytes, 0, length);
      to.flush();
      return true;
    } catch (IOException e) {
      fail("the output of the command could not be kept: " + Causes.text(e));
      return false;
    }
  }

  private void feed(InputStream stdin) {
    OutputStream to = process.getOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    while (!over) {
      int n;
      try {
        n = stdin.read(buffer);
      } catch (IOException e) {
        // An end of file here would let the command take a part for the whole.
        fail("the input of the command could not be read: " + Causes.text(e));
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

  private void fail(String reason) {
    failure.compareAndSet(null, new NodeFailure.RemoteFailure(reason));
    while (ends.getCount() > 0) {
      ends.countDown();
    }
  }

  private void letGo() {
    over = true;
    process.destroyForcibly();
    boolean interrupted = false;
    carriers.forEach(Thread::interrupt);
    // The one that reads stdin may hang in a read that knows no interruption, and writes nothing.
    for (Thread carrier : carriers.subList(0, Math.min(2, carriers.size()))) {
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
}
