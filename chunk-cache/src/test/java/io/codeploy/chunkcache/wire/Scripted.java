package io.codeploy.chunkcache.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that takes one connection after the other and does with each what it was told to, and
 * then closes it.
 */
final class Scripted implements AutoCloseable {
  /** What becomes of a connection. */
  interface Script {
    void run(Peer peer) throws Exception;
  }

  /** The other end of a connection. */
  record Peer(Socket socket, Scripted server) {
    /** Reads a request's head. */
    void request() throws IOException {
      InputStream in = socket.getInputStream();
      StringBuilder text = new StringBuilder();
      while (text.indexOf(HeadFields.END) < 0) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("no request");
        }
        text.append((char) next);
      }
      server.requests.add(text.toString());
    }

    void say(String text) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Waits until the client has closed. */
    void awaitEnd() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        Thread.onSpinWait();
      }
      server.ended.add("ended");
    }
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();

  /** A word for each connection that the client has closed. */
  final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

  private final ServerSocket socket;

  Scripted(Script... scripts) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("scripted").start(() -> serve(scripts));
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve(Script... scripts) {
    for (Script script : scripts) {
      try (Socket client = socket.accept()) {
        connections.incrementAndGet();
        script.run(new Peer(client, this));
      } catch (Exception e) {
        ended.add(e.toString());
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
