package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.http.Exchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What one member answers under {@code /h/}; its token was shown. */
final class NewsRoute {
  /** So old have-maps may get. */
  private static final long MAX_WAIT_MILLIS = 1_000;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final String deployment;
  private final Parts parts;
  private final Supplier<WaitingRoom> room;

  NewsRoute(String deployment, Parts parts, Supplier<WaitingRoom> room) {
    this.deployment = deployment;
    this.parts = parts;
    this.room = room;
  }

  boolean handle(Exchange exchange) throws IOException {
    List<String> names = List.of(exchange.path().substring(3).split("/", -1));
    Optional<Long> since = number(exchange, "since");
    Optional<Long> wait = number(exchange, "wait");
    if (!exchange.method().equals("GET")) {
      exchange.setHeader("Allow", "GET");
      exchange.respond(405);
    } else if (names.size() != 2 || !names.get(0).equals(deployment)) {
      exchange.respond(404);
    } else if (since.isEmpty() || wait.isEmpty()) {
      exchange.respond(400);
    } else {
      Duration limit = Duration.ofMillis(Math.min(wait.get(), MAX_WAIT_MILLIS));
      answer(exchange, part(names.get(1), since.get(), limit), since.get());
    }
    return true;
  }

  /** 0 if it is not there, empty if it is no number. */
  private static Optional<Long> number(Exchange exchange, String name) {
    String value = exchange.query(name).orElse("0");
    return NUMBER.matcher(value).matches() ? Optional.of(Long.valueOf(value)) : Optional.empty();
  }

  private static void answer(Exchange exchange, Optional<Part> part, long since)
      throws IOException {
    if (part.isEmpty()) {
      exchange.respond(404);
      return;
    }
    exchange.setHeader("Cache-Control", "no-store");
    exchange.respond(200, HaveCodec.encode(part.get().since(since, HaveCodec.LIMIT)));
  }

  /** The part, once there is something to tell of it or {@code limit} is over. */
  private Optional<Part> part(String name, long since, Duration limit) throws IOException {
    WaitingRoom place = room.get();
    if (limit.isZero() || !place.enter(WaitingRoom.For.NEWS)) {
      return parts.find(name);
    }
    try {
      Optional<Part> known = parts.find(name);
      if (known.isEmpty()) {
        return parts.await(name, limit);
      }
      known.get().awaitNews(since, limit);
      return known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is being closed");
    } finally {
      place.leave(WaitingRoom.For.NEWS);
    }
  }
}
