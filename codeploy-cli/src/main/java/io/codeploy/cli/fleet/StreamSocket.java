package io.codeploy.cli.fleet;

import io.codeploy.multiquery.connect.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream in the shape of a socket, for OkHttp. It is connected from the start; time limits are
 * OkHttp's own, which closes the socket when one is reached.
 */
final class StreamSocket extends Socket {
  private final ByteStream stream;
  private final AtomicBoolean closed = new AtomicBoolean();

  StreamSocket(ByteStream stream) {
    this.stream = stream;
  }

  @Override
  public void connect(SocketAddress endpoint) {}

  @Override
  public void connect(SocketAddress endpoint, int timeoutMillis) {}

  @Override
  public InputStream getInputStream() throws IOException {
    checkOpen();
    return stream.in();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    checkOpen();
    return stream.out();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public boolean isInputShutdown() {
    return closed.get();
  }

  @Override
  public boolean isOutputShutdown() {
    return closed.get();
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public void setSoTimeout(int timeoutMillis) {}

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void shutdownInput() {}

  @Override
  public void shutdownOutput() {}

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      stream.close();
    }
  }

  private void checkOpen() throws SocketException {
    if (closed.get()) {
      throw new SocketException("stream is closed");
    }
  }
}
