package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.CorruptChunkException;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.proxy.TroubleException.Kind;
import io.codeploy.chunkcache.swarm.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Asks other members. A member that answers, but not well, is a {@link TroubleException}. */
final class MemberClient {
  private static final String DIGEST = "sha-256=:";

  /** For a whole answer, however steadily it drips. */
  private static final Duration CALL_LIMIT = Duration.ofMinutes(1);

  private final BearerToken token;
  private final Duration callLimit;

  MemberClient(BearerToken token) {
    this(token, CALL_LIMIT);
  }

  MemberClient(BearerToken token, Duration callLimit) {
    this.token = token;
    this.callLimit = callLimit;
  }

  /** As {@link OwnFetches#about} of {@code member}. */
  Optional<About> about(Peer member, OriginUrl url, Optional<String> stale) throws IOException {
    HttpUrl.Builder question = question(member, "p/about", url);
    stale.ifPresent(validator -> question.addQueryParameter("not", Words.encode(validator)));
    try (Response response = ask(question)) {
      if (response.code() == 204) {
        return Optional.empty();
      }
      check(member, response);
      byte[] body = response.body().byteStream().readNBytes(About.MAX_LENGTH);
      Optional<About> about = About.decode(url, new String(body, StandardCharsets.UTF_8));
      if (about.isEmpty()) {
        throw new TroubleException(Kind.FAILED, member.name() + " says nothing of " + url);
      }
      return about;
    }
  }

  /** As {@link OwnFetches#range} of {@code member}. */
  VerifiedChunk range(Peer member, Version version, long index) throws IOException {
    HttpUrl.Builder question =
        question(member, "p/range", version.url())
            .addQueryParameter("validator", Words.encode(version.validator()))
            .addQueryParameter("length", Long.toString(version.length()))
            .addQueryParameter("index", Long.toString(index));
    try (Response response = ask(question)) {
      check(member, response);
      byte[] bytes = new byte[version.plan().bytes(index)];
      InputStream body = response.body().byteStream();
      boolean whole = body.readNBytes(bytes, 0, bytes.length) == bytes.length && body.read() < 0;
      return verified(member, bytes, whole, digest(response));
    }
  }

  /** The form in which a range's digest travels. */
  static String digest(VerifiedChunk range) {
    return DIGEST + Base64.getEncoder().encodeToString(range.transported().toBytes()) + ":";
  }

  private static Optional<Digest> digest(Response response) {
    String text = Http.headers(response).apply("Repr-Digest").orElse("");
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

  private static VerifiedChunk verified(
      Peer member, byte[] bytes, boolean whole, Optional<Digest> digest) throws TroubleException {
    if (!whole || digest.isEmpty()) {
      throw new TroubleException(Kind.FAILED, member.name() + " sends something else");
    }
    try {
      return VerifiedChunk.of(digest.get(), ByteBuffer.wrap(bytes));
    } catch (CorruptChunkException e) {
      throw new TroubleException(Kind.FAILED, member.name() + ": " + e.getMessage());
    }
  }

  private static void check(Peer member, Response response) throws IOException {
    switch (response.code()) {
      case 200 -> {}
      case 409 -> throw new TroubleException(Kind.CHANGED, "the file has changed at its origin");
      case 503 -> throw new TroubleException(Kind.BUSY, member.name() + " has too much to do");
      default ->
          throw new TroubleException(
              Kind.FAILED, "status " + response.code() + " of " + member.name());
    }
  }

  private static HttpUrl.Builder question(Peer member, String path, OriginUrl url) {
    return new HttpUrl.Builder()
        .scheme("http")
        .host(member.host())
        .port(member.port())
        .addPathSegments(path)
        .addQueryParameter("target", Words.encode(url.target()));
  }

  private Response ask(HttpUrl.Builder url) throws IOException {
    Request request =
        new Request.Builder()
            .url(url.build())
            .header("Authorization", token.authorization())
            .header("Accept-Encoding", "identity")
            .build();
    Call call = Http.toMembers().newCall(request);
    call.timeout().timeout(callLimit.toNanos(), TimeUnit.NANOSECONDS);
    return call.execute();
  }
}
