package io.codeploy.chunkcache.http;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code GET|HEAD /f/<digest>}: puts a file together from its chunks while it is sent; one chunk at
 * a time is in memory.
 */
public final class FileRoute implements Route {
  private static final String PREFIX = "/f/";

  private final FileLayout layout;
  private final PlainChunks chunks;
  private final BearerToken token;
  private final UploadSlots slots;
  private final Throttle throttle;

  /**
   * Serves the files that {@code layout} knows to whoever shows {@code token}, as fast as {@code
   * throttle} lets all bodies together.
   */
  public FileRoute(
      FileLayout layout,
      PlainChunks chunks,
      BearerToken token,
      UploadSlots slots,
      Throttle throttle) {
    this.layout = Objects.requireNonNull(layout, "layout is null");
    this.chunks = Objects.requireNonNull(chunks, "chunks is null");
    this.token = Objects.requireNonNull(token, "token is null");
    this.slots = Objects.requireNonNull(slots, "slots is null");
    this.throttle = Objects.requireNonNull(throttle, "throttle is null");
  }

  @Override
  public boolean handle(Exchange exchange) throws IOException {
    if (!exchange.path().startsWith(PREFIX)) {
      return false;
    }
    if (Immutable.refused(exchange, token)) {
      return true;
    }
    Optional<Digest> file = Immutable.digest(exchange.path(), PREFIX);
    Optional<List<FileLayout.Piece>> pieces = file.flatMap(layout::find);
    if (file.isEmpty() || pieces.isEmpty()) {
      exchange.respond(404);
    } else {
      send(exchange, file.get(), pieces.get());
    }
    return true;
  }

  private void send(Exchange exchange, Digest file, List<FileLayout.Piece> pieces)
      throws IOException {
    if (!slots.take()) {
      slots.refuse(exchange);
      return;
    }
    try {
      long length = pieces.stream().mapToLong(FileLayout.Piece::length).sum();
      Optional<ByteRange.Part> part = Immutable.begin(exchange, file, length);
      if (part.isPresent()) {
        exchange.setHeader("Content-Length", Long.toString(part.get().length()));
        int status = Immutable.status(exchange, file, length);
        if (exchange.method().equals("HEAD") || length == 0) {
          exchange.stream(status).close();
        } else {
          stream(exchange, status, pieces, part.get());
        }
        slots.sent();
      }
    } finally {
      slots.giveBack();
    }
  }

  private void stream(
      Exchange exchange, int status, List<FileLayout.Piece> pieces, ByteRange.Part part)
      throws IOException {
    // Not try-with-resources: closing after a failure would end the body as if it were complete.
    OutputStream out = exchange.stream(status);
    long at = 0;
    for (FileLayout.Piece piece : pieces) {
      long from = Math.max(at, part.first());
      long to = Math.min(at + piece.length(), part.last() + 1);
      if (from < to) {
        ByteBuffer plain = chunks.plain(piece.chunk());
        int start = plain.position() + piece.offset() + (int) (from - at);
        throttle.write(plain.slice(start, (int) (to - from)), out);
      }
      at += piece.length();
    }
    out.close();
  }
}
