package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.CarriedStreams;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  /** Ends with both outputs and the close of the channel. */
  private final CarriedStreams streams = new CarriedStreams(Thread.ofVirtual(), 1);

  CommandRun(Channels.Opened<ChannelExec> opened, Deadline deadline, Parting parting) {
    this.opened = opened;
    this.channel = opened.channel();
    this.deadline = deadline;
    this.parting = parting;
  }

  /** Runs to the end; the sinks are not touched after the return. */
  ExitStatus run(InputStream stdin, OutputStream out, OutputStream err)
      throws NodeFailedException, InterruptedException {
    channel.addCloseFutureListener(closed -> streams.ended());
    try {
      streams.carry(
          channel.getInvertedOut(),
          out,
          channel.getInvertedErr(),
          err,
          stdin,
          channel.getInvertedIn());
      if (!streams.await(deadline)) {
        return statusAtLimit();
      }
      if (streams.failure().isPresent()) {
        terminate();
        throw new NodeFailedException(streams.failure().get());
      }
      return status();
    } catch (InterruptedException e) {
      terminate();
      throw e;
    } finally {
      streams.letGo(this::close);
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

  private void close() {
    opened.close();
    IoUtils.closeQuietly(channel.getInvertedOut(), channel.getInvertedErr());
  }
}
