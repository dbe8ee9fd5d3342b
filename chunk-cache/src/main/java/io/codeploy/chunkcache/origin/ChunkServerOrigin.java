package io.codeploy.chunkcache.origin;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.http.BearerToken;
import java.io.IOException;
import java.util.Objects;
import java.util.function.IntConsumer;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** An origin that serves chunks as such: {@code GET <url>/c/<digest>}. */
public final class ChunkServerOrigin implements Origin {
  private final String url;
  private final HttpUrl base;
  private final BearerToken token;

  /**
   * The origin at {@code url}, without a trailing slash.
   *
   * @throws IllegalArgumentException if that is no http or https URL
   */
  public ChunkServerOrigin(String url, BearerToken token) {
    this.url = Objects.requireNonNull(url, "url is null");
    this.base = HttpUrl.get(url);
    this.token = Objects.requireNonNull(token, "token is null");
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
    Request request = request(chunk, have);
    try (Response response = WebClients.of(request.url()).newCall(request).execute()) {
      check(response, chunk, have);
      download.readFrom(response);
    }
  }

  private Request request(ChunkRef chunk, int have) {
    Request.Builder request =
        new Request.Builder()
            .url(base.newBuilder().addPathSegments("c/" + chunk.transported()).build())
            .header("Authorization", token.authorization())
            .header("Accept-Encoding", "identity");
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    return request.build();
  }

  private void check(Response response, ChunkRef chunk, int have) throws IOException {
    if (response.code() != (have > 0 ? 206 : 200)) {
      String detail = " for chunk " + chunk.transported().shortForm();
      throw Web.originTrouble(url, response, detail, "; run codeploy again");
    }
  }
}
