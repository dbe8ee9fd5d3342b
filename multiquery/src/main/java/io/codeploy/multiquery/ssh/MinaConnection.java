package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.LeashedCommand;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.connect.StandBy;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/** An authenticated session. */
final class MinaConnection implements Connection {
  private final Node node;
  private final ClientSession session;
  private final TimeSource time;

  /** The shortest time that a channel took to be opened. */
  private final AtomicLong roundTripNanos = new AtomicLong(Long.MAX_VALUE);

  /** Those of all connections that commands have now, or are about to have. */
  private final AtomicInteger channels;

  /**
   * A connection over {@code session}.
   *
   * @param channels counts those of commands; one for all connections
   */
  MinaConnection(Node node, ClientSession session, TimeSource time, AtomicInteger channels) {
    this.node = node;
    this.session = session;
    this.time = time;
    this.channels = channels;
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public boolean isOpen() {
    return session.isOpen() && !session.isClosing();
  }

  @Override
  public boolean answers(Duration limit) throws InterruptedException {
    return isOpen() && SignOfLife.comes(session, Deadline.after(time, limit));
  }

  @Override
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) session.getIoSession().getLocalAddress();
  }

  @Override
  public String user() {
    return session.getUsername();
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return run(command, stdin, out, err, limit, CommandRun.Parting.SIGNAL);
  }

  @Override
  public ExitStatus executeOnLeash(
      LeashedCommand command, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return run(command.text(), leash, out, err, limit, CommandRun.Parting.CLOSE);
  }

  @Override
  public boolean hasRoomToStandBy(Duration limit) throws InterruptedException {
    return Room.isFound(session, Deadline.after(time, limit));
  }

  @Override
  public Optional<StandBy> standBy(String command, Duration limit)
      throws NodeFailedException, InterruptedException {
    Deadline deadline = Deadline.after(time, limit);
    return Optional.of(
        new HeldCommand(Channels.open(session, exec(command), deadline, "command"), time));
  }

  private ExitStatus run(
      String command,
      InputStream stdin,
      OutputStream out,
      OutputStream err,
      Duration limit,
      CommandRun.Parting parting)
      throws NodeFailedException, InterruptedException {
    Deadline deadline = Deadline.after(time, limit);
    try (Channels.Opened<ChannelExec> channel = opened(exec(command), deadline)) {
      return new CommandRun(channel, deadline, parting).run(stdin, out, err);
    }
  }

  private Channels.Opened<ChannelExec> opened(Channels.Maker<ChannelExec> maker, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    long start = time.nanoTime();
    Channels.Opened<ChannelExec> opened =
        Channels.open(session, counted(maker), deadline, "command");
    roundTripNanos.accumulateAndGet(time.nanoTime() - start, Math::min);
    return opened;
  }

  private <C extends AbstractClientChannel> Channels.Maker<C> counted(Channels.Maker<C> maker) {
    return from -> {
      OutputWindow.set(from, channels.incrementAndGet());
      C channel;
      try {
        channel = maker.make(from);
      } catch (IOException | RuntimeException e) {
        channels.decrementAndGet();
        throw e;
      }
      channel.addCloseFutureListener(closed -> channels.decrementAndGet());
      return channel;
    };
  }

  private Channels.Maker<ChannelExec> exec(String command) {
    // Bytes, so that no charset of the process gets in between; no terminal.
    return session -> {
      ChannelExec channel =
          session.createExecChannel(
              command.getBytes(StandardCharsets.UTF_8),
              null,
              Attempt.of(session).settings().session().environment());
      return BoundedWriter.on(channel, () -> narrow(channel));
    };
  }

  private void narrow(ChannelExec channel) {
    Duration roundTrip = Duration.ofNanos(roundTripNanos.get());
    NearWindow.narrow(channel, session, roundTrip, Math.max(1, channels.get()));
  }

  @Override
  public ByteStream open(String command, Duration limit)
      throws NodeFailedException, InterruptedException {
    Channels.Maker<ChannelExec> maker =
        from -> {
          ChannelExec channel = exec(command).make(from);
          channel.setErr(OutputStream.nullOutputStream());
          return channel;
        };
    return new ChannelStream(opened(maker, Deadline.after(time, limit)));
  }

  @Override
  public ByteStream openSubsystem(String name, Duration limit)
      throws NodeFailedException, InterruptedException {
    Channels.Maker<ChannelSubsystem> maker =
        from -> {
          ChannelSubsystem channel = from.createSubsystemChannel(name);
          channel.setErr(OutputStream.nullOutputStream());
          return channel;
        };
    return new ChannelStream(Channels.open(session, maker, Deadline.after(time, limit), "connect"));
  }

  @Override
  public ByteStream openTcp(String host, int port, Duration limit)
      throws NodeFailedException, InterruptedException {
    Channels.Maker<ChannelDirectTcpip> maker =
        from ->
            from.createDirectTcpipChannel(
                new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(host, port));
    return new ChannelStream(Channels.open(session, maker, Deadline.after(time, limit), "connect"));
  }

  @Override
  public int forwardFromNode(InetSocketAddress target, Duration limit)
      throws NodeFailedException, InterruptedException {
    return RemoteForward.start(session, target, Deadline.after(time, limit));
  }

  @Override
  public RemoteFiles files(Duration limit) throws NodeFailedException, InterruptedException {
    return SftpFiles.open(session, Deadline.after(time, limit));
  }

  @Override
  public void close() {
    session.close(true);
  }

  @Override
  public String toString() {
    return session.getUsername() + "@" + node;
  }
}
