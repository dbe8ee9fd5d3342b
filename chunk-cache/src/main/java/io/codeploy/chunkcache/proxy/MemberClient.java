package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.CorruptChunkException;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.proxy.TroubleException.Kind;
import io.codeploy.chunkcache.wire.PlainClient;
import io.codeploy.chunkcache.wire.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Asks other members. A member that answers, but not well, is a {@link TroubleException}. */
final class MemberClient implements AutoCloseable {
  private static final String DIGEST = "sha-256=:";

  /** Without a byte. More than a member lets an asker wait. */
  static final Duration STALL_LIMIT = Duration.ofSeconds(15);

  /** For a whole answer, however steadily it drips. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);

  private final BearerToken token;
  private final PlainClient client;

  /** Closes {@code client} in the end. */
  MemberClient(BearerToken token, PlainClient client) {
    this.token = token;
    this.client = client;
  }

  /** As {@link OwnFetches#about} of {@code member}. */
  Optional<About> about(Peer member, OriginUrl url, Optional<String> stale) throws IOException {
    String not = stale.map(validator -> "&not=" + Words.encode(validator)).orElse("");
    try (Reply reply = ask(member, question("/p/about", url) + not)) {
      if (reply.status() == 204) {
        return Optional.empty();
      }
      check(member, reply);
      byte[] body = reply.read((int) Math.min(reply.length(), About.MAX_LENGTH), count -> {});
      Optional<About> about = About.decode(url, new String(body, StandardCharsets.UTF_8));
      if (about.isEmpty()) {
        throw new TroubleException(Kind.FAILED, member.name() + " says nothing of " + url);
      }
      return about;
    }
  }

  /** As {@link OwnFetches#range} of {@code member}. */
  VerifiedChunk range(Peer member, Version version, long index) throws IOException {
    String question =
        question("/p/range", version.url())
            + ("&validator=" + Words.encode(version.validator()))
            + ("&length=" + version.length())
            + ("&index=" + index);
    try (Reply reply = ask(member, question)) {
      check(member, reply);
      int length = version.plan().bytes(index);
      Optional<Digest> digest = digest(reply);
      if (reply.length() != length || digest.isEmpty()) {
        throw new TroubleException(Kind.FAILED, member.name() + " sends something else");
      }
      return verified(member, reply.read(length, count -> {}), digest.get());
    }
  }

  /** Waits for nobody; what is asked afterwards costs a connection of its own. */
  @Override
  public void close() {
    client.close();
  }

  /** The form in which a range's digest travels. */
  static String digest(VerifiedChunk range) {
    return DIGEST + Base64.getEncoder().encodeToString(range.transported().toBytes()) + ":";
  }

  private static Optional<Digest> digest(Reply reply) {
    String text = reply.field("Repr-Digest").orElse("");
    if (!text.startsWith(DIGEST) || !text.endsWith(":") || text.length() <= DIGEST.length()) {
      return Optional.empty();
    }
    try {
      String base64 = text.substring(DIGEST.length(), text.length() - 1);
      return Optional.of(Digest.fromBytes(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static VerifiedChunk verified(Peer member, byte[] bytes, Digest digest)
      throws TroubleException {
    try {
      return VerifiedChunk.of(digest, ByteBuffer.wrap(bytes));
    } catch (CorruptChunkException e) {
      throw new TroubleException(Kind.FAILED, member.name() + ": " + e.getMessage());
    }
  }

  private static void check(Peer member, Reply reply) throws IOException {
    switch (reply.status()) {
      case 200 -> {}
      case 409 -> throw new TroubleException(Kind.CHANGED, "the file has changed at its origin");
      case 503 -> throw new TroubleException(Kind.BUSY, member.name() + " has too much to do");
      default ->
          throw new TroubleException(
              Kind.FAILED, "status " + reply.status() + " of " + member.name());
    }
  }

  private static String question(String path, OriginUrl url) {
    return path + "?target=" + Words.encode(url.target());
  }

  private Reply ask(Peer member, String target) throws IOException {
    Map<String, String> fields = Map.of("Authorization", token.authorization());
    Reply reply = client.get(member.host(), member.port(), target, fields);
    reply.limit(ANSWER_LIMIT);
    return reply;
  }
}
