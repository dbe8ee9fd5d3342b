package io.codeploy.chunkcache.http;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/** The headers and statuses of a body that its digest names, and that therefore never changes. */
final class Immutable {
  private Immutable() {}

  /** The digest that {@code path} names below {@code prefix}, if it names one. */
  static Optional<Digest> digest(String path, String prefix) {
    try {
      return Optional.of(Digest.parse(path.substring(prefix.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Answers what needs no body (405, 401) and returns whether it did.
   *
   * @return true when the exchange is over
   */
  static boolean refused(Exchange exchange, BearerToken token) throws IOException {
    if (!token.admits(exchange)) {
      exchange.setHeader("WWW-Authenticate", "Bearer");
      exchange.respond(401);
      return true;
    }
    if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
      exchange.setHeader("Allow", "GET, HEAD");
      exchange.respond(405);
      return true;
    }
    return false;
  }

  /**
   * Sets the headers of the body {@code digest} and says which part of it to send; empty when a
   * status without a body (304, 416) has been sent.
   */
  static Optional<ByteRange.Part> begin(Exchange exchange, Digest digest, long length)
      throws IOException {
    String etag = "\"" + digest + "\"";
    exchange.setHeader("ETag", etag);
    exchange.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    if (exchange.header("If-None-Match").filter(tags -> matches(tags, etag)).isPresent()) {
      exchange.respond(304);
      return Optional.empty();
    }
    exchange.setHeader("Accept-Ranges", "bytes");
    return switch (range(exchange, etag, length)) {
      case ByteRange.Unsatisfiable() -> {
        exchange.setHeader("Content-Range", "bytes */" + length);
        exchange.respond(416);
        yield Optional.empty();
      }
      case ByteRange.Whole() -> {
        setBodyHeaders(exchange, digest);
        yield Optional.of(new ByteRange.Part(0, length - 1));
      }
      case ByteRange.Part part -> {
        setBodyHeaders(exchange, digest);
        exchange.setHeader(
            "Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + length);
        yield Optional.of(part);
      }
    };
  }

  /** 206 when the request asked for a range that {@link #begin} honoured, else 200. */
  static int status(Exchange exchange, Digest digest, long length) {
    boolean whole = range(exchange, "\"" + digest + "\"", length) instanceof ByteRange.Whole;
    return whole ? 200 : 206;
  }

  private static ByteRange range(Exchange exchange, String etag, long length) {
    boolean stale = exchange.header("If-Range").filter(tag -> !tag.equals(etag)).isPresent();
    boolean get = exchange.method().equals("GET");
    return ByteRange.of(stale || !get ? Optional.empty() : exchange.header("Range"), length);
  }

  private static boolean matches(String tags, String etag) {
    return tags.strip().equals("*") || tags.contains(etag);
  }

  private static void setBodyHeaders(Exchange exchange, Digest digest) {
    String base64 = Base64.getEncoder().encodeToString(digest.toBytes());
    exchange.setHeader("Repr-Digest", "sha-256=:" + base64 + ":");
    exchange.setHeader("Content-Type", "application/octet-stream");
  }
}
