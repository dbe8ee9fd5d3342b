package io.codeploy.chunkcache.wire;

import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Answers the requests of one connection, one after the other, on one thread. */
final class ServedConnection implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ServedConnection.class.getName());

  /** What the connection waits for. */
  private enum Wait {
    REQUEST,
    ROUTE,
    SOCKET
  }

  private final SocketChannel channel;
  private final Route route;
  private final SendWindow window;
  private final LongSupplier nanoClock;
  private final ByteBuffer buffer = ByteBuffer.allocate(HeadFields.MAX_HEAD_BYTES);

  /** Both written by the connection's thread, read by whoever looks for those that stand still. */
  private volatile Wait waiting = Wait.REQUEST;

  private volatile long sinceNanos;

  ServedConnection(SocketChannel channel, Route route, LongSupplier nanoClock) {
    this.channel = channel;
    this.window = new SendWindow(channel);
    this.route = route;
    this.nanoClock = nanoClock;
    this.sinceNanos = nanoClock.getAsLong();
  }

  /** For how long the other end has let this one wait; a route that thinks is no such wait. */
  long stillNanos(long now) {
    return waiting == Wait.ROUTE ? 0 : now - sinceNanos;
  }

  /** Whether it waits for a request. */
  boolean idle() {
    return waiting == Wait.REQUEST;
  }

  /** Answers until the other end has had enough, breaks the rules or is gone. */
  void serve() {
    try {
      boolean more = true;
      while (more) {
        String head = readHead();
        wait(Wait.ROUTE);
        RequestHead request = RequestHead.parse(head);
        window.follow(request.fields());
        more = answer(request);
        wait(Wait.REQUEST);
      }
    } catch (ProtocolException e) {
      refuse();
    } catch (IOException e) {
      // Gone, or closed from here: there is nobody to be told.
      LOG.log(System.Logger.Level.DEBUG, "a connection ended", e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection does not close", e);
    }
  }

  private boolean answer(RequestHead head) throws IOException {
    SocketExchange exchange = new SocketExchange(head, this::send);
    try {
      if (!route.handle(exchange)) {
        exchange.respond(404);
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, head.method() + " " + head.path(), e);
      fail(head, exchange);
      return false;
    } catch (IOException e) {
      fail(head, exchange);
      return false;
    }
    return exchange.complete() && head.fields().keepAlive();
  }

  private void fail(RequestHead head, SocketExchange exchange) throws IOException {
    if (!exchange.begun()) {
      end(new SocketExchange(head, this::send), 500);
    }
  }

  private void refuse() {
    try {
      RequestHead none = new RequestHead("GET", "/", "", new HeadFields(Map.of()));
      end(new SocketExchange(none, this::send), 400);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection ended", e);
    }
  }

  private static void end(Exchange exchange, int status) throws IOException {
    exchange.setHeader("Connection", "close");
    exchange.respond(status);
  }

  private void send(ByteBuffer... buffers) throws IOException {
    wait(Wait.SOCKET);
    long left = 0;
    for (ByteBuffer one : buffers) {
      left += one.remaining();
    }
    while (left > 0) {
      left -= channel.write(buffers);
      sinceNanos = nanoClock.getAsLong();
    }
    wait(Wait.ROUTE);
  }

  private void wait(Wait what) {
    sinceNanos = nanoClock.getAsLong();
    waiting = what;
  }

  /** What follows the head stays in the buffer: the next request. */
  private String readHead() throws IOException {
    HeadEnd search = new HeadEnd();
    OptionalInt found = search.find(buffer.array(), buffer.position());
    while (found.isEmpty()) {
      if (!buffer.hasRemaining()) {
        throw new ProtocolException("a head of more than 16 KiB");
      }
      if (channel.read(buffer) < 0) {
        throw new EOFException("no further request");
      }
      found = search.find(buffer.array(), buffer.position());
    }
    int end = found.getAsInt();
    String head = new String(buffer.array(), 0, end, StandardCharsets.ISO_8859_1);
    buffer.flip().position(end + HeadFields.END.length());
    buffer.compact();
    return head;
  }
}
