package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Outflow;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;

/** A stream: a thread carries what the node sends, that of the socket what the client sends. */
final class StreamWork implements Work {
  private final ByteStream stream;
  private final Wire wire;

  private StreamWork(ByteStream stream, Wire wire) {
    this.stream = stream;
    this.wire = wire;
  }

  static StreamWork start(ByteStream stream, Wire wire) throws IOException {
    StreamWork work = new StreamWork(stream, wire);
    wire.send(Frame.of(FrameType.OPENED));
    Thread.ofVirtual().name("warm-stream").start(work::carry);
    return work;
  }

  private void carry() {
    try {
      stream.in().transferTo(new Outflow(wire, FrameType.DATA));
      wire.send(Frame.of(FrameType.END));
    } catch (NodeFailedException e) {
      tell(e);
    } catch (IOException e) {
      // One of the two ends was closed; nobody waits for the rest.
      wire.close();
    }
  }

  private void tell(NodeFailedException failed) {
    try {
      wire.send(Values.failed(failed.failure()));
    } catch (IOException e) {
      wire.close();
    }
  }

  @Override
  public void take(Frame frame) throws IOException {
    switch (frame.type()) {
      case DATA -> {
        stream.out().write(frame.content());
        stream.out().flush();
      }
      case END -> stream.out().close();
      default -> throw Work.unexpected(frame.type());
    }
  }

  @Override
  public boolean leave() {
    try {
      stream.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
    return true;
  }
}
