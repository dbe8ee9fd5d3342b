package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Sizes;
import io.codeploy.multiquery.ssh.config.HostSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A {@code ProxyCommand}: a process whose standard input and output are the connection, behind a
 * port of the loopback address that takes one client. MINA speaks to sockets only.
 *
 * <p>Threads: two of the platform read the process, since reading a pipe holds a carrier; a virtual
 * one reads the socket. All end with {@link #close}.
 */
final class ProxyProcess implements AutoCloseable {
  private static final int MAX_SAID = 200;

  private final Process process;
  private final ServerSocket entry;

  /** The last line on the process's standard error. */
  private volatile String said = "";

  private ProxyProcess(Process process, ServerSocket entry) {
    this.process = process;
    this.entry = entry;
  }

  /** Starts {@code command}. */
  static ProxyProcess start(HostSettings.Proxy.Command command) throws IOException {
    ServerSocket entry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Process process;
    try {
      // exec, so that what is killed is the command and not a shell around it.
      process = new ProcessBuilder(command.shell(), "-c", "exec " + command.text()).start();
    } catch (IOException e) {
      entry.close();
      throw e;
    }
    ProxyProcess proxy = new ProxyProcess(process, entry);
    Thread.ofVirtual().name("ssh-proxy-in").start(proxy::serve);
    Thread.ofPlatform().daemon().name("ssh-proxy-err").start(proxy::listen);
    return proxy;
  }

  /** Where to connect to. */
  InetSocketAddress entry() {
    return new InetSocketAddress(entry.getInetAddress(), entry.getLocalPort());
  }

  private void serve() {
    try (Socket client = entry.accept()) {
      entry.close();
      client.setTcpNoDelay(true);
      Thread out = Thread.ofPlatform().daemon().name("ssh-proxy-out").start(() -> answer(client));
      copy(client.getInputStream(), process.getOutputStream());
      process.getOutputStream().close();
      out.join();
    } catch (IOException e) {
      // One of both is gone; the session ends with it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void answer(Socket client) {
    try (client) {
      copy(process.getInputStream(), client.getOutputStream());
    } catch (IOException e) {
      // As above.
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[Sizes.PACKET];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      to.write(buffer, 0, read);
      to.flush();
    }
  }

  private void listen() {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          said = line.strip().substring(0, Math.min(line.strip().length(), MAX_SAID));
        }
      }
    } catch (IOException e) {
      // The process is gone.
    }
  }

  /** Adds to {@code failed} what the command said. Its end is not a server's having too much. */
  NodeFailedException explain(NodeFailedException failed) {
    NodeFailure failure = failed.failure();
    boolean early =
        failure instanceof NodeFailure.Unreachable || failure instanceof NodeFailure.TurnedAway;
    if (!early) {
      return failed;
    }
    String remark = said.isEmpty() ? "" : "; the command said: " + said;
    return new NodeFailedException(new NodeFailure.Unreachable(failure.message() + remark), failed);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      entry.close();
    } catch (IOException e) {
      // It takes nobody any more either way.
    }
  }
}
