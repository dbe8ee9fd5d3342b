package io.codeploy.cli.origin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain web server of one directory, with faults. */
public final class StaticTree implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  private final Path root;
  private final boolean ranges;
  private final Map<String, Integer> refused = new ConcurrentHashMap<>();
  private final Set<String> altered = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final HttpServer server;

  private final CountDownLatch closed = new CountDownLatch(1);

  /** Both set before it is used. */
  private volatile OptionalLong mortal = OptionalLong.empty();

  private volatile OptionalLong patient = OptionalLong.empty();

  public StaticTree(Path root, boolean ranges) throws IOException {
    this.root = root;
    this.ranges = ranges;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** From now on paths that end so get {@code status}. */
  StaticTree refuse(String suffix, int status) {
    refused.put(suffix, status);
    return this;
  }

  /** From now on paths that end so come with other bytes than they have. */
  StaticTree alter(String suffix) {
    altered.add(suffix);
    return this;
  }

  /** Breaks every connection, and takes no new ones, once it has sent so many bytes. */
  public StaticTree dieAfter(long bytes) {
    mortal = OptionalLong.of(bytes);
    return this;
  }

  /** Answers nobody any more, though it takes connections, once it has sent so many bytes. */
  public StaticTree hangAfter(long bytes) {
    patient = OptionalLong.of(bytes);
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Optional<Integer> status =
          refused.keySet().stream().filter(path::endsWith).findFirst().map(refused::get);
      Path file = root.resolve(path.replaceFirst("/+", ""));
      if (status.isPresent()) {
        exchange.sendResponseHeaders(status.get(), -1);
      } else if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        byte[] content = Files.readAllBytes(file);
        send(exchange, altered.stream().anyMatch(path::endsWith) ? new byte[10] : content);
      }
    }
  }

  private void send(HttpExchange exchange, byte[] content) throws IOException {
    if (mortal.isPresent() && sent.get() > mortal.getAsLong()) {
      server.stop(0);
      throw new IOException("dead");
    }
    if (patient.isPresent() && sent.get() > patient.getAsLong()) {
      awaitClosed();
    }
    String asked = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("");
    Matcher range = RANGE.matcher(asked);
    if (!ranges || !range.matches()) {
      exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
      return;
    }
    int first = Integer.parseInt(range.group(1));
    int last = Math.min(Integer.parseInt(range.group(2)), content.length - 1);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + first + "-" + last + "/" + content.length);
    exchange.sendResponseHeaders(206, last - first + 1);
    exchange.getResponseBody().write(content, first, last - first + 1);
    sent.addAndGet(last - first + 1L);
  }

  private void awaitClosed() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("closed");
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
