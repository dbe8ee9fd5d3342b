package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.warm.wire.Content;
import io.codeploy.multiquery.warm.wire.Fields;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What can be done over a connection, and the answers that are short. */
final class Tasks {
  private final Connection connection;
  private final Wire wire;

  Tasks(Connection connection, Wire wire) {
    this.connection = connection;
    this.wire = wire;
  }

  /** Begins what {@code what} asks for. */
  Work begin(Frame what) throws IOException, InterruptedException {
    Fields fields = what.fields();
    return switch (what.type()) {
      case EXECUTE -> CommandWork.start(connection, wire, fields);
      case OPEN -> open(fields);
      case TCP -> openTcp(fields);
      case FORWARD -> answer(forward(fields));
      case ADDRESS -> answer(address(fields));
      case ALIVE -> answer(alive(fields));
      default -> throw Work.unexpected(what.type());
    };
  }

  private Work answer(Frame frame) throws IOException {
    wire.send(frame);
    return Work.done();
  }

  private Work open(Fields fields) throws IOException, InterruptedException {
    boolean subsystem = fields.flag();
    String what = fields.text();
    Duration limit = fields.time();
    fields.end();
    return StreamWork.start(
        subsystem ? connection.openSubsystem(what, limit) : connection.open(what, limit), wire);
  }

  private Work openTcp(Fields fields) throws IOException, InterruptedException {
    String host = fields.text();
    int port = Values.port(fields);
    Duration limit = fields.time();
    fields.end();
    return StreamWork.start(connection.openTcp(host, port, limit), wire);
  }

  private Frame forward(Fields fields) throws IOException, InterruptedException {
    InetSocketAddress target = new InetSocketAddress(fields.text(), Values.port(fields));
    Duration limit = fields.time();
    fields.end();
    return new Content().number(connection.forwardFromNode(target, limit)).as(FrameType.PORT);
  }

  private Frame address(Fields fields) throws IOException {
    fields.end();
    InetSocketAddress address = connection.localAddress();
    return new Content()
        .text(address.getAddress().getHostAddress())
        .number(address.getPort())
        .as(FrameType.AT);
  }

  private Frame alive(Fields fields) throws IOException, InterruptedException {
    boolean ask = fields.flag();
    Duration limit = fields.time();
    fields.end();
    boolean alive = ask ? connection.answers(limit) : connection.isOpen();
    return new Content().flag(alive).as(FrameType.IS_ALIVE);
  }
}
