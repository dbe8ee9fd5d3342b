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

/** The way in to a keeper. */
final class Door implements AutoCloseable {
  private final Place place;
  private final Path socket;
  private final SocketWatch watch;
  private final Duration hello;
  private final TimeSource time;

  /** Who is behind it was looked at: in a private directory it stays the same. */
  private volatile boolean known;

  /**
   * @param watch of the sockets; closed with this
   * @param hello how long the keeper may take to answer the hello
   */
  Door(Place place, Path socket, SocketWatch watch, Duration hello, TimeSource time) {
    this.place = place;
    this.socket = socket;
    this.watch = watch;
    this.hello = hello;
    this.time = time;
  }

  Path socket() {
    return socket;
  }

  Duration hello() {
    return hello;
  }

  TimeSource time() {
    return time;
  }

  /** Greets and says {@code more} at once, then waits for the answer to the greeting. */
  Wire enter(Frame more) throws IOException {
    Wire wire = open(more);
    boolean in = false;
    Alarm alarm = Alarm.set(wire, hello, time);
    try (alarm) {
      welcomed(wire);
      in = true;
      return wire;
    } catch (IOException e) {
      throw alarm.explain(e);
    } finally {
      if (!in) {
        wire.close();
      }
    }
  }

  /** The same, for what has nothing to add. */
  Wire enter(FrameType more) throws IOException {
    return enter(Frame.of(more));
  }

  /** Greets and says {@code more}, and waits for nothing. */
  Wire open(Frame more) throws IOException {
    if (!known) {
      place.checkSocket(socket);
    }
    LocalSocket entered = LocalSocket.connect(socket, watch);
    boolean open = false;
    try {
      if (!known) {
        place.checkPeer(entered);
        known = true;
      }
      Wire wire = new Wire(entered);
      wire.send(Hello.frame(), more);
      open = true;
      return wire;
    } finally {
      if (!open) {
        entered.close();
      }
    }
  }

  /** Waits for the answer to the greeting. */
  static void welcomed(Wire wire) throws IOException {
    Frame answer = wire.next();
    switch (answer.type()) {
      case WELCOME -> {}
      case REFUSED -> throw new ProtocolException(answer.fields().text());
      default -> throw new ProtocolException("no welcome, but " + answer.type());
    }
  }

  /** Ends all that goes on behind it. */
  @Override
  public void close() {
    watch.close();
  }
}
