package io.codeploy.agent.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx that serves a directory as it comes out of the box, and counts. */
final class StaticNginx implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path log;

  private StaticNginx(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** The programs that the test needs. */
  static Optional<Path> program(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of("/usr/sbin"), Stream.of(path.split(":", -1)))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static StaticNginx serve(Path home, Path dir) throws IOException {
    Files.createDirectories(home);
    int port = freePort();
    Path file = home.resolve("nginx.conf");
    Files.writeString(
        file,
        """
        daemon off; master_process off;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events {}
        http {
          log_format sent $bytes_sent;
          access_log %1$s/access.log sent;
          client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
          uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
          server { listen 127.0.0.1:%2$d; root %3$s; }
        }
        """
            .formatted(home, port, dir));
    Process process =
        new ProcessBuilder(
                program("nginx").orElseThrow().toString(), "-c", "" + file, "-p", "" + home)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("out").toFile())
            .start();
    while (!answers(port)) {
      if (!process.isAlive()) {
        throw new IOException("nginx ended: " + Files.readString(home.resolve("out")));
      }
      Thread.onSpinWait();
    }
    return new StaticNginx(process, port, home.resolve("access.log"));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  /** Headers and all; waits until at least {@code expected} are counted, at a request's end. */
  long bytesSent(long expected) throws IOException {
    long sent = 0;
    while (sent < expected && process.isAlive()) {
      try (Stream<String> lines = Files.lines(log)) {
        sent = lines.filter(line -> line.matches("\\d+")).mapToLong(Long::parseLong).sum();
      }
    }
    return sent;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
