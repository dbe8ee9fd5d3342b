package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.StandBy;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.sshd.client.channel.ChannelExec;

/** A channel with a command whose streams are carried later; until then it has no thread. */
final class HeldCommand implements StandBy {
  private final Channels.Opened<ChannelExec> opened;
  private final TimeSource time;

  HeldCommand(Channels.Opened<ChannelExec> opened, TimeSource time) {
    this.opened = opened;
    this.time = time;
  }

  @Override
  public InputStream out() {
    return opened.channel().getInvertedOut();
  }

  @Override
  public InputStream err() {
    return opened.channel().getInvertedErr();
  }

  @Override
  public boolean isOpen() {
    ChannelExec channel = opened.channel();
    return channel.isOpen()
        && !channel.isEofSignalled()
        && channel.getExitStatus() == null
        && channel.getExitSignal() == null;
  }

  @Override
  public ExitStatus run(InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    try (opened) {
      return new CommandRun(opened, Deadline.after(time, limit), CommandRun.Parting.CLOSE)
          .run(leash, out, err);
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
