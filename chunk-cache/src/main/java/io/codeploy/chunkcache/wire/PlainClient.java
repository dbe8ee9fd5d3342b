package io.codeploy.chunkcache.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Asks members, over connections that it keeps for a while. Follows no redirection, asks nothing
 * twice but what a kept connection did not take. Safe for use by many threads; blocks them.
 */
public final class PlainClient implements AutoCloseable {
  /**
   * A field of a request: about so many bytes of the answer, in decimal, are to wait in the other
   * end's socket or be on their way at once.
   */
  public static final String WINDOW = SendWindow.FIELD;

  /** How long nothing may come before a member is taken for dead. */
  public static final Duration DEFAULT_STALL = Duration.ofSeconds(10);

  private final LongSupplier nanoClock;
  private final LongConsumer pause;
  private final Duration stall;
  private final IdleConnections idle;

  /**
   * @param nanoClock monotonic nanoseconds
   * @param pause waits for about so many nanoseconds
   * @param stall how long nothing may come, and the head of an answer in all
   */
  public PlainClient(LongSupplier nanoClock, LongConsumer pause, Duration stall) {
    this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock is null");
    this.pause = Objects.requireNonNull(pause, "pause is null");
    this.stall = Objects.requireNonNull(stall, "stall is null");
    this.idle = new IdleConnections(nanoClock);
  }

  /**
   * Sends {@code GET target} and waits for the head of the answer.
   *
   * @param target path and query, encoded
   * @param fields of the request's head, besides {@code Host}
   * @throws IOException if there is no connection, or no answer of HTTP/1.1 whose length is told
   */
  public Reply get(String host, int port, String target, Map<String, String> fields)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    String request = request(host, port, target, fields);
    Optional<Connection> kept = idle.take(address);
    if (kept.isPresent()) {
      try {
        return ask(address, kept.get(), request);
      } catch (SocketTimeoutException | ProtocolException e) {
        throw e;
      } catch (IOException e) {
        // Closed by the other end, most likely long ago. What is asked here may be asked again.
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
    return ask(address, Connection.open(address, stall), request);
  }

  /** Closes connections, those in use once they are not. */
  @Override
  public void close() {
    idle.close();
  }

  private Reply ask(InetSocketAddress address, Connection connection, String request)
      throws IOException {
    try {
      connection.send(request);
      Runnable giveBack = () -> idle.giveBack(address, connection);
      return new Reply(connection, stall, nanoClock, pause, giveBack);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static String request(String host, int port, String target, Map<String, String> fields) {
    StringBuilder request = new StringBuilder("GET ").append(target).append(" HTTP/1.1\r\nHost: ");
    request.append(host.contains(":") ? "[" + host + "]" : host).append(':').append(port);
    fields.forEach((name, value) -> request.append("\r\n").append(name).append(": ").append(value));
    return request.append("\r\n\r\n").toString();
  }
}
