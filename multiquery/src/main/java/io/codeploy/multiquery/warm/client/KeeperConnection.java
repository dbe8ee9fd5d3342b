package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.LeashedCommand;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.systemssh.sftp.SftpFiles;
import io.codeploy.multiquery.warm.wire.Content;
import io.codeploy.multiquery.warm.wire.Fields;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A lease. Each thing that is done over it has a socket of its own, whose end is its end; only the
 * first command on a leash, which is all that most leases are for, has the lease's: when it does
 * not come to its end, nothing more can be done over the lease.
 */
final class KeeperConnection implements Connection {
  /** For questions that a keeper answers by itself. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Node node;
  private final long lease;
  private final String user;
  private final Wire wire;
  private final Door door;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The lease's own socket has had its command. */
  private final AtomicBoolean used = new AtomicBoolean();

  KeeperConnection(Node node, long lease, String user, Wire wire, Door door) {
    this.node = node;
    this.lease = lease;
    this.user = user;
    this.wire = wire;
    this.door = door;
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public String user() {
    return user;
  }

  private Task task() throws NodeFailedException, InterruptedException {
    try {
      return new Task(door.enter(new Content().longNumber(lease).as(FrameType.JOIN)));
    } catch (IOException e) {
      throw Task.lost(e);
    }
  }

  private Deadline deadline(Duration limit) {
    return Deadline.after(door.time(), limit);
  }

  @Override
  public boolean isOpen() {
    try {
      return alive(false, SOON);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public boolean answers(Duration limit) throws InterruptedException {
    return alive(true, limit);
  }

  private boolean alive(boolean ask, Duration limit) throws InterruptedException {
    if (closed.get() || !wire.isOpen()) {
      return false;
    }
    try (Task task = task()) {
      Fields answer =
          task.ask(
              new Content().flag(ask).time(limit).as(FrameType.ALIVE),
              FrameType.IS_ALIVE,
              deadline(limit));
      return answer.flag();
    } catch (InterruptedException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  /** The wildcard address where the keeper is gone. */
  @Override
  public InetSocketAddress localAddress() {
    try (Task task = task()) {
      Fields answer =
          task.ask(new Content().as(FrameType.ADDRESS), FrameType.AT, deadline(Duration.ZERO));
      return new InetSocketAddress(answer.text(), answer.number());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new InetSocketAddress(0);
    } catch (IOException e) {
      return new InetSocketAddress(0);
    }
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return run(execute(LeashedCommand.of(command), false, limit), stdin, out, err, limit);
  }

  @Override
  public ExitStatus executeOnLeash(
      LeashedCommand command, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    if (!used.compareAndSet(false, true)) {
      return run(execute(command, true, limit), leash, out, err, limit);
    }
    return new CommandTask(wire, deadline(limit), out, err)
        .run(execute(command, true, limit), leash);
  }

  private static Frame execute(LeashedCommand command, boolean leash, Duration limit) {
    return new Content()
        .text(command.text())
        .flag(leash)
        .time(limit)
        .text(command.handed())
        .as(FrameType.EXECUTE);
  }

  private ExitStatus run(
      Frame what, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    try (Task task = task()) {
      return new CommandTask(task.wire(), deadline(limit), out, err).run(what, stdin);
    }
  }

  @Override
  public ByteStream open(String command, Duration limit)
      throws NodeFailedException, InterruptedException {
    return stream(new Content().flag(false).text(command).time(limit), FrameType.OPEN, limit);
  }

  @Override
  public ByteStream openSubsystem(String name, Duration limit)
      throws NodeFailedException, InterruptedException {
    return stream(new Content().flag(true).text(name).time(limit), FrameType.OPEN, limit);
  }

  @Override
  public ByteStream openTcp(String host, int port, Duration limit)
      throws NodeFailedException, InterruptedException {
    return stream(new Content().text(host).number(port).time(limit), FrameType.TCP, limit);
  }

  private ByteStream stream(Content what, FrameType type, Duration limit)
      throws NodeFailedException, InterruptedException {
    Task task = task();
    boolean open = false;
    try {
      task.ask(what.as(type), FrameType.OPENED, deadline(limit));
      open = true;
      return new KeeperStream(task.wire(), door.time());
    } finally {
      if (!open) {
        task.close();
      }
    }
  }

  @Override
  public int forwardFromNode(InetSocketAddress target, Duration limit)
      throws NodeFailedException, InterruptedException {
    Content what =
        new Content()
            .text(target.getAddress().getHostAddress())
            .number(target.getPort())
            .time(limit);
    try (Task task = task()) {
      Fields answer = task.ask(what.as(FrameType.FORWARD), FrameType.PORT, deadline(limit));
      return answer.number();
    } catch (NodeFailedException e) {
      throw e;
    } catch (IOException e) {
      throw Task.lost(e);
    }
  }

  @Override
  public RemoteFiles files(Duration limit) throws NodeFailedException, InterruptedException {
    return SftpFiles.open(openSubsystem("sftp", limit), deadline(limit));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      wire.close();
    }
  }

  @Override
  public String toString() {
    return user + "@" + node + " of the keeper";
  }
}
