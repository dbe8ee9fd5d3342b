package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.ChunkRoute;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.FileLayout;
import io.codeploy.chunkcache.http.FileRoute;
import io.codeploy.chunkcache.store.ChunkStore;
import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What one member answers under {@code /c/}, {@code /h/} and {@code /f/}; its token was shown. */
final class MemberRoute {
  /** Less than the asker's stall limit, so that it is told to wait before it takes us for dead. */
  private static final Duration ASKED_LIMIT = Duration.ofSeconds(8);

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final Parts parts;
  private final LocalChunks local;
  private final ChunkStore store;
  private final ChunkRoute chunkRoute;
  private final FileRoute fileRoute;
  private final NewsRoute newsRoute;

  /** Set on registration: the one of the node's server. */
  private volatile WaitingRoom room = new WaitingRoom();

  /** Set by the node once it knows the manifest. */
  private volatile FileLayout layout = file -> Optional.empty();

  MemberRoute(SwarmSettings settings, Parts parts, ChunkStore store, LocalChunks local) {
    this.newsRoute = new NewsRoute(settings.deployment(), parts, () -> room);
    this.parts = parts;
    this.store = store;
    this.local = local;
    this.chunkRoute =
        new ChunkRoute(this::find, settings.token(), settings.uploads(), settings.toMembers());
    this.fileRoute =
        new FileRoute(
            file -> layout.find(file),
            this::plain,
            settings.token(),
            settings.uploads(),
            settings.toMembers());
  }

  void offerFiles(FileLayout files) {
    layout = files;
  }

  void waitIn(WaitingRoom shared) {
    room = shared;
  }

  long bytesServed() {
    return chunkRoute.bytesSent();
  }

  boolean handle(Exchange exchange) throws IOException {
    String path = exchange.path();
    if (path.startsWith("/c/")) {
      return chunk(exchange, path.substring(3));
    }
    return path.startsWith("/h/") ? newsRoute.handle(exchange) : fileRoute.handle(exchange);
  }

  private boolean chunk(Exchange exchange, String hex) throws IOException {
    boolean late = isDigest(hex) && !present(Digest.parse(hex));
    exchange
        .header(HaveHeader.SINCE)
        .flatMap(HaveHeader.Question::parse)
        .flatMap(this::answer)
        .ifPresent(delta -> exchange.setHeader(HaveHeader.HAVE, HaveHeader.format(delta)));
    if (isDigest(hex) && refused(Digest.parse(hex))) {
      exchange.respond(410);
      return true;
    }
    if (late) {
      exchange.setHeader("Retry-After", "1");
      exchange.respond(503);
      return true;
    }
    return chunkRoute.handle(exchange);
  }

  private Optional<HaveDelta> answer(HaveHeader.Question question) {
    return parts.find(question.part()).map(part -> part.since(question.since(), HaveHeader.LIMIT));
  }

  private static boolean isDigest(String hex) {
    return DIGEST.matcher(hex).matches();
  }

  /** False when the chunk is this member's to get and has not come in time. */
  private boolean present(Digest transported) throws IOException {
    for (Part part : parts.all()) {
      OptionalInt index = part.indexOf(transported);
      if (index.isPresent() && !store.contains(transported) && part.answersFor(index.getAsInt())) {
        return get(part, index.getAsInt());
      }
    }
    return true;
  }

  private boolean refused(Digest transported) {
    return !store.contains(transported)
        && parts.all().stream()
            .anyMatch(
                part -> part.indexOf(transported).stream().anyMatch(index -> part.refused(index)));
  }

  private boolean get(Part part, int index) throws IOException {
    WaitingRoom place = room;
    if (!place.enter(WaitingRoom.For.CHUNK)) {
      return false;
    }
    try {
      return part.awaitAsked(index, ASKED_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is being closed");
    } finally {
      place.leave(WaitingRoom.For.CHUNK);
    }
  }

  private Optional<ByteBuffer> find(Digest transported) throws IOException {
    boolean known = parts.all().stream().anyMatch(p -> p.indexOf(transported).isPresent());
    return known ? store.find(transported) : Optional.empty();
  }

  private ByteBuffer plain(ChunkRef ref) throws IOException {
    Optional<ByteBuffer> here = local.plain(ref);
    if (here.isPresent()) {
      return here.get();
    }
    for (Part part : parts.all()) {
      OptionalInt index = part.indexOf(ref.transported());
      if (index.isPresent() && get(part, index.getAsInt())) {
        return local
            .plain(ref)
            .orElseThrow(() -> new IOException("chunk " + ref.transported().shortForm() + " lost"));
      }
    }
    throw new IOException("chunk " + ref.transported().shortForm() + " did not come");
  }
}
