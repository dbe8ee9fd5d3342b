package io.codeploy.cli.origin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx that serves one directory at {@code /~me/program} until closed. */
public final class Nginx implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path log;

  private Nginx(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  public static boolean isPresent() {
    return program().isPresent();
  }

  /** Whether it can be a user that owns nothing. */
  static boolean canBeNobody() throws IOException {
    return isPresent() && Files.isWritable(Path.of("/etc/passwd"));
  }

  /** Serves {@code dir} as the user of the test. */
  public static Nginx serve(Path temporary, Path dir) throws IOException {
    return serve(temporary, dir, "master_process off;");
  }

  /** Serves {@code dir} as a user that owns nothing; {@code temporary} becomes passable. */
  static Nginx serveAsNobody(Path temporary, Path dir) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    return serve(temporary, dir, "user nobody nogroup; worker_processes 1;");
  }

  private static Nginx serve(Path temporary, Path dir, String processes) throws IOException {
    Path home = Files.createDirectory(temporary.resolve("nginx"));
    int port = freePort();
    Path file = home.resolve("nginx.conf");
    Files.writeString(file, configuration(home, port, dir, processes));
    Process process =
        new ProcessBuilder(
                program().orElseThrow().toString(), "-c", file.toString(), "-p", home.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("out").toFile())
            .start();
    Nginx nginx = new Nginx(process, port, home.resolve("access.log"));
    while (!nginx.answers()) {
      if (!process.isAlive()) {
        throw new IOException("nginx ended: " + Files.readString(home.resolve("out")));
      }
      Thread.onSpinWait();
    }
    return nginx;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Bytes that have left it so far, headers and all. A request is counted at its end. */
  public long bytesSent() throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.mapToLong(Long::parseLong).sum();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String configuration(Path home, int port, Path dir, String processes) {
    return """
      daemon off;
      %4$s
      pid %1$s/nginx.pid;
      error_log %1$s/error.log;
      events {}
      http {
        log_format sent $bytes_sent;
        access_log %1$s/access.log sent;
        client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
        uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
        server {
          listen 127.0.0.1:%2$d;
          location /~me/program/ {
            alias %3$s/;
            location ~ \\.php$ { return 200 "run"; }
            location ~ \\.cgi$ { return 500; }
            location ~ /\\. { deny all; }
          }
        }
      }
      """
        .formatted(home, port, dir, processes);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Path> program() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of("/usr/sbin"), Stream.of(path.split(":", -1)))
        .map(directory -> Path.of(directory, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
