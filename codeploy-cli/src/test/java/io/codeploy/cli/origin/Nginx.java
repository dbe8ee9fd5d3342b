package io.codeploy.cli.origin;

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

/** An nginx that serves one directory at {@code /~me/program} until closed. */
final class Nginx implements AutoCloseable {
  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isPresent() {
    return program().isPresent();
  }

  static Nginx serve(Path temporary, Path dir) throws IOException {
    Path home = Files.createDirectory(temporary.resolve("nginx"));
    int port = freePort();
    Path file = home.resolve("nginx.conf");
    Files.writeString(file, configuration(home, port, dir));
    Process process =
        new ProcessBuilder(
                program().orElseThrow().toString(), "-c", file.toString(), "-p", home.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("out").toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    while (!nginx.answers()) {
      if (!process.isAlive()) {
        throw new IOException("nginx ended: " + Files.readString(home.resolve("out")));
      }
      Thread.onSpinWait();
    }
    return nginx;
  }

  String url() {
    return "http://127.0.0.1:" + port;
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

  private static String configuration(Path home, int port, Path dir) {
    return """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log %1$s/error.log;
      events {}
      http {
        access_log off;
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
        .formatted(home, port, dir);
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
