package io.codeploy.agent.daemon;

import io.codeploy.agent.control.MalformedMessageException;
import io.codeploy.agent.control.SeedRequest;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * {@code GET /i/<digest>}: the archive that the agent's own image was unpacked from, for nodes that
 * have no agent yet. It is one file, which no request can choose, and it is given once for each
 * token that a controller has told the agent within the last hour.
 */
final class ImageRoute implements Route {
  private static final String PREFIX = "/i/";
  private static final Duration GRANT = Duration.ofHours(1);

  /** More controllers at once than one node is likely to have. */
  private static final int MOST_GRANTS = 8;

  private static final int UPLOADS = 4;

  private final Path archive;
  private final LongSupplier nanoClock;
  private final Semaphore slots = new Semaphore(UPLOADS);
  private final List<Grant> grants = new CopyOnWriteArrayList<>();

  private record Grant(Digest digest, BearerToken token, long sinceNanos) {}

  /**
   * @param archive that the image was unpacked from, existing or not
   */
  ImageRoute(Path archive, LongSupplier nanoClock) {
    this.archive = archive;
    this.nanoClock = nanoClock;
  }

  /** Gives it to the first who shows the token; false if it is not kept here. */
  boolean open(SeedRequest request) throws MalformedMessageException {
    Grant grant = grant(request);
    if (!Files.isRegularFile(archive, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    grants.add(grant);
    while (grants.size() > MOST_GRANTS) {
      grants.remove(0);
    }
    return true;
  }

  @Override
  public boolean handle(Exchange exchange) throws IOException {
    if (!exchange.path().startsWith(PREFIX)) {
      return false;
    }
    Optional<Grant> grant = shown(exchange);
    if (grant.isEmpty()) {
      exchange.setHeader("WWW-Authenticate", "Bearer");
      exchange.respond(401);
    } else if (!exchange.method().equals("GET")) {
      exchange.setHeader("Allow", "GET");
      exchange.respond(405);
    } else if (!exchange.path().equals(PREFIX + grant.get().digest())) {
      exchange.respond(404);
    } else {
      send(exchange, grant.get());
    }
    return true;
  }

  private void send(Exchange exchange, Grant grant) throws IOException {
    if (!slots.tryAcquire()) {
      exchange.setHeader("Retry-After", "1");
      exchange.respond(503);
      return;
    }
    try {
      if (grants.remove(grant)) {
        send(exchange);
      } else {
        exchange.respond(401);
      }
    } finally {
      slots.release();
    }
  }

  private void send(Exchange exchange) throws IOException {
    try (FileChannel file =
        FileChannel.open(archive, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      exchange.setHeader("Content-Type", "application/octet-stream");
      exchange.respond(200, file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()));
    }
  }

  private Optional<Grant> shown(Exchange exchange) {
    long now = nanoClock.getAsLong();
    grants.removeIf(grant -> now - grant.sinceNanos() > GRANT.toNanos());
    return grants.stream().filter(grant -> grant.token().admits(exchange)).findFirst();
  }

  private Grant grant(SeedRequest request) throws MalformedMessageException {
    try {
      return new Grant(
          Digest.parse(request.digest()), new BearerToken(request.token()), nanoClock.getAsLong());
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException("not a SeedRequest: " + e.getMessage(), e);
    }
  }
}
