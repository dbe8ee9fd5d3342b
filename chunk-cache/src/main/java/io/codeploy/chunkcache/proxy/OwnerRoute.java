package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.proxy.TroubleException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Answers other members under {@code /p/}; their token was shown. */
final class OwnerRoute {
  /** Each holds a thread of the node's server while it waits. */
  private static final int AT_ONCE = 8;

  private final Door door;
  private final OwnFetches own;
  private final Semaphore places = new Semaphore(AT_ONCE);

  OwnerRoute(Door door, OwnFetches own) {
    this.door = door;
    this.own = own;
  }

  void handle(Exchange exchange) throws IOException {
    if (!exchange.method().equals("GET")) {
      exchange.setHeader("Allow", "GET");
      exchange.respond(405);
      return;
    }
    switch (door.judge(Words.decode(exchange.query("target")).orElse(""))) {
      case Door.Verdict.Malformed malformed -> exchange.respond(400);
      case Door.Verdict.Forbidden forbidden -> exchange.respond(403);
      case Door.Verdict.Admitted admitted -> admit(exchange, admitted.url());
    }
  }

  private void admit(Exchange exchange, OriginUrl url) throws IOException {
    try {
      answer(exchange, url);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is being closed");
    }
  }

  /** What is got for a member. */
  @FunctionalInterface
  private interface Fetch<T> {
    T get() throws IOException, InterruptedException;
  }

  /** Gives the place back before anything is sent: the member may be slow to take it. */
  private <T> T inPlace(Fetch<T> fetch) throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      throw new TroubleException(Kind.BUSY, "too many members ask");
    }
    try {
      return fetch.get();
    } finally {
      places.release();
    }
  }

  private void answer(Exchange exchange, OriginUrl url) throws IOException, InterruptedException {
    switch (exchange.path()) {
      case "/p/about" -> about(exchange, url);
      case "/p/range" -> range(exchange, url);
      default -> exchange.respond(404);
    }
  }

  private void about(Exchange exchange, OriginUrl url) throws IOException, InterruptedException {
    Optional<About> about;
    try {
      about = inPlace(() -> own.about(url, Words.decode(exchange.query("not"))));
    } catch (IOException e) {
      refuse(exchange, e);
      return;
    }
    if (about.isEmpty()) {
      exchange.respond(204);
    } else {
      byte[] text = about.get().encode().getBytes(StandardCharsets.UTF_8);
      exchange.respond(200, ByteBuffer.wrap(text));
    }
  }

  private void range(Exchange exchange, OriginUrl url) throws IOException, InterruptedException {
    long length = number(exchange, "length");
    long index = number(exchange, "index");
    String validator = Words.decode(exchange.query("validator")).orElse("");
    boolean clean = validator.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    if (length < 1 || index < 0 || validator.isBlank() || !clean) {
      exchange.respond(400);
      return;
    }
    Version version = new Version(url, validator, length);
    if (index >= version.plan().count()) {
      exchange.respond(400);
      return;
    }
    VerifiedChunk range;
    try {
      range = inPlace(() -> own.range(version, index));
    } catch (IOException e) {
      refuse(exchange, e);
      return;
    }
    exchange.setHeader("Content-Type", "application/octet-stream");
    exchange.setHeader("Repr-Digest", MemberClient.digest(range));
    exchange.respond(200, range.bytes());
  }

  private static void refuse(Exchange exchange, IOException why) throws IOException {
    if (why instanceof TroubleException trouble) {
      switch (trouble.kind()) {
        case BUSY -> busy(exchange);
        case CHANGED -> exchange.respond(409);
        case FAILED -> exchange.respond(502);
      }
    } else {
      exchange.respond(502);
    }
  }

  private static void busy(Exchange exchange) throws IOException {
    exchange.setHeader("Retry-After", "1");
    exchange.respond(503);
  }

  /** Less than zero if it is none. */
  private static long number(Exchange exchange, String name) {
    String text = exchange.query(name).orElse("");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }
}
