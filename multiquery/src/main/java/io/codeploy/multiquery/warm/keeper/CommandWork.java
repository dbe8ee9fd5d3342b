package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.LeashedCommand;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.warm.wire.Fields;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Outflow;
import io.codeploy.multiquery.warm.wire.ProtocolException;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A command: a thread runs it, while that of the socket feeds it. */
final class CommandWork implements Work {
  /** For the command to be told; then its connection is closed under it. */
  private static final Duration LET_GO = Duration.ofSeconds(2);

  private final Connection connection;
  private final Wire wire;
  private final Inflow stdin = new Inflow();
  private final LeashedCommand command;
  private final boolean leash;
  private final Duration limit;
  private volatile boolean ended;
  private volatile Thread runner = Thread.ofVirtual().unstarted(() -> {});

  private CommandWork(Connection connection, Wire wire, Fields fields) throws ProtocolException {
    this.connection = connection;
    this.wire = wire;
    String text = fields.text();
    this.leash = fields.flag();
    this.limit = fields.time();
    Optional<String> handed = fields.optional();
    this.command = new LeashedCommand(text, () -> handed);
    fields.end();
  }

  static CommandWork start(Connection connection, Wire wire, Fields fields)
      throws ProtocolException {
    CommandWork work = new CommandWork(connection, wire, fields);
    work.runner = Thread.ofVirtual().name("warm-command").start(work::run);
    return work;
  }

  private void run() {
    try {
      Frame frame = Values.ended(execute());
      ended = true;
      wire.send(frame);
    } catch (NodeFailedException e) {
      tell(Values.failed(e.failure()));
    } catch (InterruptedException | IOException e) {
      // The client is gone.
      wire.close();
    } finally {
      stdin.close();
    }
  }

  private ExitStatus execute() throws NodeFailedException, InterruptedException {
    Outflow out = new Outflow(wire, FrameType.DATA);
    Outflow err = new Outflow(wire, FrameType.STDERR);
    return leash
        ? connection.executeOnLeash(command, stdin, out, err, limit)
        : connection.execute(command.text(), stdin, out, err, limit);
  }

  private void tell(Frame frame) {
    try {
      wire.send(frame);
    } catch (IOException e) {
      wire.close();
    }
  }

  @Override
  public void take(Frame frame) throws IOException {
    switch (frame.type()) {
      case DATA -> put(frame.content());
      case END -> stdin.end();
      default -> throw Work.unexpected(frame.type());
    }
  }

  private void put(byte[] piece) throws IOException {
    try {
      stdin.put(piece);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public boolean leave() {
    if (ended) {
      return true;
    }
    stdin.breakOff();
    runner.interrupt();
    try {
      runner.join(LET_GO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }
}
