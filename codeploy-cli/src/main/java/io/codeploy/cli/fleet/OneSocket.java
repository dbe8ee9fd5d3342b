package io.codeploy.cli.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Hands out one given socket, once. */
final class OneSocket extends SocketFactory {
  private final AtomicReference<@Nullable Socket> socket;

  OneSocket(Socket socket) {
    this.socket = new AtomicReference<>(socket);
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket taken = socket.getAndSet(null);
    if (taken == null) {
      throw new IOException("the stream to the agent was used already");
    }
    return taken;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return createSocket();
  }
}
