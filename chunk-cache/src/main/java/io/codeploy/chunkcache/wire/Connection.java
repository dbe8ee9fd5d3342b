package io.codeploy.chunkcache.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A socket to a member, for one request at a time. Used by one thread at a time. */
final class Connection implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final Socket socket;
  private final Gathering gathering = new Gathering();

  private Connection(Socket socket) {
    this.socket = socket;
  }

  /** {@code stall} is how long a read may wait for a byte. */
  static Connection open(InetSocketAddress address, Duration stall) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) stall.toMillis());
      socket.connect(address, (int) CONNECT_LIMIT.toMillis());
      return new Connection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  void send(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  Gathering gathering() {
    return gathering;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is not used any more, and there is nothing left to be lost.
    }
  }
}
