package io.codeploy.agent.daemon;

import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.AgentStateCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Connects two streams with the control port of the agent in a directory. */
final class Relay {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final Path dir;

  Relay(Path dir) {
    this.dir = dir;
  }

  /**
   * Copies both ways until the agent closes. The end of {@code in} is passed on; a controller that
   * is gone shows as an error of {@code out}.
   */
  void run(InputStream in, OutputStream out) throws IOException {
    try (Socket socket = connect()) {
      Thread.ofVirtual().name("relay-in").start(() -> send(in, socket));
      InputStream answers = socket.getInputStream();
      byte[] buffer = new byte[1 << 16];
      for (int read = answers.read(buffer); read >= 0; read = answers.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    }
  }

  private Socket connect() throws IOException {
    AgentState state = AgentStateCodec.decode(Files.readString(dir.resolve(AgentStateCodec.FILE)));
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), state.controlPort()),
          (int) CONNECT_LIMIT.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException("no agent answers in " + dir + "; deploy again to start one", e);
    }
  }

  private static void send(InputStream in, Socket socket) {
    try {
      in.transferTo(socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException e) {
      // The other direction ends, too, and says why.
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is lost: the relay ends now.
      return;
    }
  }
}
