package io.codeploy.chunkcache.origin;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.wire.PlainClient;
import io.codeploy.chunkcache.wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * An origin that serves chunks as such: {@code GET <url>/c/<digest>}. That is a server of ours, as
 * members are, and asked as they are.
 */
public final class ChunkServerOrigin implements Origin {
  private static final int HTTP_PORT = 80;

  private final String url;
  private final String host;
  private final int port;
  private final String path;
  private final BearerToken token;
  private final PlainClient client;

  /**
   * The origin at {@code url}, without a trailing slash.
   *
   * @param client closed by whoever has made it
   * @throws IllegalArgumentException if that is no http URL
   */
  public ChunkServerOrigin(String url, BearerToken token, PlainClient client) {
    this.url = Objects.requireNonNull(url, "url is null");
    URI parsed = URI.create(url);
    if (!"http".equalsIgnoreCase(parsed.getScheme()) || parsed.getHost() == null) {
      throw new IllegalArgumentException("no http URL: " + url);
    }
    this.host = parsed.getHost().replaceAll("[\\[\\]]", "");
    this.port = parsed.getPort() < 0 ? HTTP_PORT : parsed.getPort();
    this.path = parsed.getRawPath();
    this.token = Objects.requireNonNull(token, "token is null");
    this.client = Objects.requireNonNull(client, "client is null");
  }

  @Override
  public byte[] fetch(ChunkRef chunk, IntConsumer arrived) throws IOException {
    Download download = new Download(chunk.transportedLength(), arrived);
    return download.from(url, have -> attempt(chunk, have, download));
  }

  @Override
  public String toString() {
    return "origin " + url;
  }

  private void attempt(ChunkRef chunk, int have, Download download) throws IOException {
    String target = path + "/c/" + chunk.transported();
    try (Reply reply = client.get(host, port, target, fields(have))) {
      if (reply.status() != (have > 0 ? 206 : 200)) {
        String detail = " for chunk " + chunk.transported().shortForm();
        throw Web.originTrouble(
            url, reply.status(), reply.field("Retry-After"), detail, "; run codeploy again");
      }
      download.readFrom(reply);
    }
  }

  private Map<String, String> fields(int have) {
    Map<String, String> fields = new HashMap<>();
    fields.put("Authorization", token.authorization());
    if (have > 0) {
      fields.put("Range", "bytes=" + have + "-");
    }
    return fields;
  }
}
