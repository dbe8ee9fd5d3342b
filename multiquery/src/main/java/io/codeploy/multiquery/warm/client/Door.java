package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.socket.LocalSocket;
import io.codeploy.multiquery.socket.SocketWatch;
import io.codeploy.multiquery.warm.wire.Alarm;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Hello;
import io.codeploy.multiquery.warm.wire.Place;
import io.codeploy.multiquery.warm.wire.ProtocolException;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The way in to a keeper.
 *
 * @param watch of the sockets; closed with this
 * @param hello how long it may take to answer the hello
 */
record Door(Place place, Path socket, SocketWatch watch, Duration hello, TimeSource time)
    implements AutoCloseable {
  /** Greets and says {@code more} at once, then waits for the answer to the greeting. */
  Wire enter(Frame more) throws IOException {
    place.checkSocket(socket);
    LocalSocket entered = LocalSocket.connect(socket, watch);
    Wire wire = new Wire(entered);
    boolean in = false;
    try (Alarm alarm = Alarm.set(wire, hello, time)) {
      place.checkPeer(entered);
      wire.send(Hello.frame(), more);
      welcomed(wire);
      in = true;
      return wire;
    } finally {
      if (!in) {
        wire.close();
      }
    }
  }

  private static void welcomed(Wire wire) throws IOException {
    Frame answer = wire.next();
    switch (answer.type()) {
      case WELCOME -> {}
      case REFUSED -> throw new ProtocolException(answer.fields().text());
      default -> throw new ProtocolException("no welcome, but " + answer.type());
    }
  }

  /** The same, for what has nothing to add. */
  Wire enter(FrameType more) throws IOException {
    return enter(Frame.of(more));
  }

  /** Ends all that goes on behind it. */
  @Override
  public void close() {
    watch.close();
  }
}
