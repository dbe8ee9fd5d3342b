package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.ChunkRoute;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.FileLayout;
import io.codeploy.chunkcache.http.FileRoute;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.store.ChunkStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/** What one member answers under {@code /c/}, {@code /h/} and {@code /f/}; its token was shown. */
final class MemberRoute implements Route {
  /** Less than the asker's stall limit, so that it is told to wait before it takes us for dead. */
  private static final Duration ASKED_LIMIT = Duration.ofSeconds(8);

  /** Askers that wait at once; each holds a thread of the server. */
  private static final int MAX_ASKERS = 8;

  private final SwarmSettings settings;
  private final Map<String, Part> parts;
  private final LocalChunks local;
  private final ChunkStore store;
  private final ChunkRoute chunkRoute;
  private final FileRoute fileRoute;
  private final Semaphore askers = new Semaphore(MAX_ASKERS);

  /** Set by the node once it knows the manifest. */
  private volatile FileLayout layout = file -> Optional.empty();

  MemberRoute(
      SwarmSettings settings, Map<String, Part> parts, ChunkStore store, LocalChunks local) {
    this.settings = settings;
    this.parts = parts;
    this.store = store;
    this.local = local;
    this.chunkRoute = new ChunkRoute(this::find, settings.token(), settings.uploads());
    this.fileRoute =
        new FileRoute(file -> layout.find(file), this::plain, settings.token(), settings.uploads());
  }

  void offerFiles(FileLayout files) {
    layout = files;
  }

  long bytesServed() {
    return chunkRoute.bytesSent();
  }

  @Override
  public boolean handle(Exchange exchange) throws IOException {
    String path = exchange.path();
    if (path.startsWith("/c/")) {
      return chunk(exchange, path.substring(3));
    }
    return path.startsWith("/h/") ? news(exchange) : fileRoute.handle(exchange);
  }

  private boolean chunk(Exchange exchange, String hex) throws IOException {
    boolean late = isDigest(hex) && !present(Digest.parse(hex));
    exchange
        .header(HaveHeader.SINCE)
        .flatMap(HaveHeader.Question::parse)
        .flatMap(this::answer)
        .ifPresent(delta -> exchange.setHeader(HaveHeader.HAVE, HaveHeader.format(delta)));
    if (late) {
      exchange.setHeader("Retry-After", "1");
      exchange.respond(503);
      return true;
    }
    return chunkRoute.handle(exchange);
  }

  private Optional<HaveDelta> answer(HaveHeader.Question question) {
    return Optional.ofNullable(parts.get(question.part()))
        .map(part -> part.since(question.since(), HaveHeader.LIMIT));
  }

  private static boolean isDigest(String hex) {
    return hex.matches("[0-9a-f]{64}");
  }

  /** False when the chunk is this member's to get and has not come in time. */
  private boolean present(Digest transported) throws IOException {
    for (Part part : parts.values()) {
      OptionalInt index = part.indexOf(transported);
      if (index.isPresent() && !store.contains(transported) && part.answersFor(index.getAsInt())) {
        return get(part, index.getAsInt());
      }
    }
    return true;
  }

  private boolean get(Part part, int index) throws IOException {
    if (!askers.tryAcquire()) {
      return false;
    }
    try {
      return part.awaitAsked(index, ASKED_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is being closed");
    } finally {
      askers.release();
    }
  }

  private Optional<ByteBuffer> find(Digest transported) throws IOException {
    boolean known = parts.values().stream().anyMatch(p -> p.indexOf(transported).isPresent());
    return known ? store.find(transported) : Optional.empty();
  }

  private ByteBuffer plain(ChunkRef ref) throws IOException {
    Optional<ByteBuffer> here = local.plain(ref);
    if (here.isPresent()) {
      return here.get();
    }
    for (Part part : parts.values()) {
      OptionalInt index = part.indexOf(ref.transported());
      if (index.isPresent() && get(part, index.getAsInt())) {
        return local
            .plain(ref)
            .orElseThrow(() -> new IOException("chunk " + ref.transported().shortForm() + " lost"));
      }
    }
    throw new IOException("chunk " + ref.transported().shortForm() + " did not come");
  }

  private boolean news(Exchange exchange) throws IOException {
    List<String> names = List.of(exchange.path().substring(3).split("/", -1));
    boolean ours = names.size() == 2 && names.get(0).equals(settings.deployment());
    Optional<Part> part = ours ? Optional.ofNullable(parts.get(names.get(1))) : Optional.empty();
    String since = exchange.query("since").orElse("0");
    if (!exchange.method().equals("GET")) {
      exchange.setHeader("Allow", "GET");
      exchange.respond(405);
    } else if (part.isEmpty()) {
      exchange.respond(404);
    } else if (!since.matches("\\d{1,18}")) {
      exchange.respond(400);
    } else {
      exchange.setHeader("Cache-Control", "no-store");
      HaveDelta delta = part.get().since(Long.parseLong(since), HaveCodec.LIMIT);
      exchange.respond(200, HaveCodec.encode(delta));
    }
    return true;
  }
}
