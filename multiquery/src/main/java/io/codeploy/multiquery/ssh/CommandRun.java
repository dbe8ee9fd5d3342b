package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.ExitStatus;
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
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.io.IoUtils;

/**
 * One command: three virtual threads carry its streams, the caller waits for its end. A sink that
 * is slow makes its own channel's window run full and nothing else.
 */
final class CommandRun {
  /** How long a sink that was interrupted may take to let go. */
  private static final long LET_GO_MILLIS = 1000;

  private final Channels.Opened<ChannelExec> opened;
  private final ChannelExec channel;
  private final Deadline deadline;
  private final Parting parting;

  /** How a command is told that nobody waits for it any more. */
  enum Parting {
    /** By TERM, then the channel's close. */
    SIGNAL,
    /** By the channel's close. */
    CLOSE
  }

  /** Counts both outputs and the close of the channel; released whole by a local failure. */
  private final CountDownLatch ends = new CountDownLatch(3);

  private final AtomicReference<NodeFailure> failure = new AtomicReference<>();
  private final List<Thread> carriers = new ArrayList<>();

  /** Set when nothing may be written to the sinks any more. */
  private volatile boolean over;

  CommandRun(Channels.Opened<ChannelExec> opened, Deadline deadline, Parting parting) {
    this.opened = opened;
    this.channel = opened.channel();
    this.deadline = deadline;
    this.parting = parting;
  }

  /** Runs to the end; the sinks are not touched after the return. */
  ExitStatus run(InputStream stdin, OutputStream out, OutputStream err)
      throws NodeFailedException, InterruptedException {
    channel.addCloseFutureListener(closed -> ends.countDown());
    try {
      carry("ssh-out", () -> drain(channel.getInvertedOut(), out));
      carry("ssh-err", () -> drain(channel.getInvertedErr(), err));
      carry("ssh-in", () -> feed(stdin));
      if (!ends.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) {
        return statusAtLimit();
      }
      if (failure.get() != null) {
        terminate();
        throw new NodeFailedException(failure.get());
      }
      return status();
    } catch (InterruptedException e) {
      terminate();
      throw e;
    } finally {
      letGo();
    }
  }

  private void carry(String name, Runnable work) {
    carriers.add(Thread.ofVirtual().name(name).start(work));
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
      // The channel was closed under the reader; who closed it knows why.
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
    OutputStream to = channel.getInvertedIn();
    byte[] buffer = new byte[Sizes.PACKET];
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

  /** A command that has ended, and left its output to others in the background, is no late one. */
  private ExitStatus statusAtLimit() throws NodeFailedException {
    if (channel.getExitStatus() != null || channel.getExitSignal() != null) {
      return status();
    }
    terminate();
    throw deadline.timedOut("command");
  }

  private ExitStatus status() throws NodeFailedException {
    Integer code = channel.getExitStatus();
    if (code != null) {
      return new ExitStatus.Exited(code);
    }
    String signal = channel.getExitSignal();
    if (signal != null) {
      return new ExitStatus.Signalled(signal);
    }
    if (!opened.session().isOpen()) {
      throw opened.lost();
    }
    throw new NodeFailedException(
        new NodeFailure.RemoteFailure(
            "the server ended the command without an exit status; is exec allowed?"));
  }

  /**
   * Asks the server to signal the process group. Servers that cannot do so ignore it (OpenSSH 9.2
   * for logins of root); the command then finds its pipes closed, nothing more.
   */
  private void terminate() {
    if (parting == Parting.CLOSE) {
      return;
    }
    Session session = opened.session();
    try {
      Buffer request = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
      request.putUInt(channel.getRecipient());
      request.putString("signal");
      request.putBoolean(false);
      request.putString("TERM");
      session.writePacket(request);
    } catch (IOException | RuntimeException e) {
      // The connection is lost; the server's end will notice by itself.
    }
  }

  private void letGo() {
    over = true;
    opened.close();
    IoUtils.closeQuietly(channel.getInvertedOut(), channel.getInvertedErr());
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
