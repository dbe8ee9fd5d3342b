package io.codeploy.chunkcache.http;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.store.ChunkGoneException;
import io.codeploy.chunkcache.store.ChunkSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** {@code GET|HEAD /c/<digest>}: serves the transported form of chunks from a source. */
public final class ChunkRoute implements Route {
  private static final String PREFIX = "/c/";

  private final ChunkSource source;
  private final BearerToken token;
  private final UploadSlots slots;
  private final Throttle throttle;
  private final LongAdder bytesSent = new LongAdder();

  /** Serves what {@code source} has to whoever shows {@code token}. */
  public ChunkRoute(ChunkSource source, BearerToken token, UploadSlots slots) {
    this(source, token, slots, Throttle.NONE);
  }

  /** The same, with all bodies together as fast as {@code throttle} lets them. */
  public ChunkRoute(ChunkSource source, BearerToken token, UploadSlots slots, Throttle throttle) {
    this.source = Objects.requireNonNull(source, "source is null");
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
    Optional<Digest> digest = Immutable.digest(exchange.path(), PREFIX);
    if (digest.isEmpty() || !source.contains(digest.get())) {
      exchange.respond(404);
    } else if (slots.take()) {
      try {
        answer(exchange, digest.get());
      } finally {
        slots.giveBack();
      }
    } else {
      slots.refuse(exchange);
    }
    return true;
  }

  /** Bytes of bodies handed to the network so far, those of broken transfers included. */
  public long bytesSent() {
    return bytesSent.sum();
  }

  /** With a slot: a source may have to read the chunk into memory. */
  private void answer(Exchange exchange, Digest digest) throws IOException {
    Optional<ByteBuffer> chunk;
    try {
      chunk = source.find(digest);
    } catch (ChunkGoneException e) {
      exchange.respond(410);
      return;
    }
    if (chunk.isEmpty()) {
      exchange.respond(404);
    } else if (slots.copies().isPresent() && exchange.method().equals("GET")) {
      sendOneOfFew(exchange, digest, chunk.get(), slots.copies().get());
    } else {
      send(exchange, digest, chunk.get());
    }
  }

  private void sendOneOfFew(Exchange exchange, Digest digest, ByteBuffer chunk, Copies copies)
      throws IOException {
    Optional<Copies.Copy> copy = copies.begin(digest, chunk.remaining());
    if (copy.isEmpty()) {
      copies.refuse(exchange, digest);
      return;
    }
    try {
      if (send(exchange, digest, chunk)) {
        copies.sent(copy.get());
      }
    } finally {
      copies.end(copy.get());
    }
  }

  /** Whether all of it has gone. */
  private boolean send(Exchange exchange, Digest digest, ByteBuffer chunk) throws IOException {
    int length = chunk.remaining();
    Optional<ByteRange.Part> part = Immutable.begin(exchange, digest, length);
    if (part.isPresent()) {
      int first = chunk.position() + (int) part.get().first();
      ByteBuffer body = chunk.slice(first, (int) part.get().length());
      sendCounted(exchange, Immutable.status(exchange, digest, length), body);
      slots.sent();
      return part.get().length() == length;
    }
    return false;
  }

  private void sendCounted(Exchange exchange, int status, ByteBuffer body) throws IOException {
    if (!exchange.method().equals("GET")) {
      exchange.respond(status, body);
      return;
    }
    try {
      throttle.respond(exchange, status, body);
    } finally {
      bytesSent.add(body.position());
    }
  }
}
