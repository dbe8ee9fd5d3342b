package io.codeploy.chunkcache.origin;

import java.io.IOException;
import java.util.function.IntConsumer;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Gets ranges of files from web servers; one that answers with the whole file is put up with while
 * there is little to skip. Safe for use by many threads.
 */
final class RangeClient {
  private static final long MAX_SKIPPED_BYTES = 64 << 20;
  private static final String REMEDY =
      "; let the web server read the file, or leave it or the URL out";

  /** {@code arrived} is told of every byte that was asked for, as it comes. */
  private final IntConsumer arrived;

  RangeClient(IntConsumer arrived) {
    this.arrived = arrived;
  }

  /**
   * The {@code length} bytes from {@code offset}. A transfer that breaks after some bytes goes on
   * from there, at once.
   *
   * @throws IOException whose message names the URL and the status or the trouble
   */
  byte[] get(HttpUrl url, long offset, int length) throws IOException {
    Download download = new Download(length, arrived);
    return download.from(
        url.toString(), have -> attempt(url, offset + have, offset + length - 1, download));
  }

  private static void attempt(HttpUrl url, long first, long last, Download download)
      throws IOException {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Range", "bytes=" + first + "-" + last)
            .header("Accept-Encoding", "identity")
            .build();
    try (Response response = WebClients.of(url).newCall(request).execute()) {
      switch (response.code()) {
        case 206 -> checkRange(url, response, first);
        case 200 -> skip(url, response, first);
        default -> throw Web.originTrouble(url.toString(), response, "", REMEDY);
      }
      download.readFrom(response);
    }
  }

  private static void checkRange(HttpUrl url, Response response, long first) throws IOException {
    String range = response.header("Content-Range", "");
    if (range == null || !range.startsWith("bytes " + first + "-")) {
      throw new OriginFailedException(
          "origin " + url + ": status 206 with another range: " + range + REMEDY);
    }
  }

  private static void skip(HttpUrl url, Response response, long bytes) throws IOException {
    if (bytes > MAX_SKIPPED_BYTES) {
      throw new OriginFailedException(
          "origin " + url + ": status 200 to a range request: the server must know ranges");
    }
    response.body().byteStream().skipNBytes(bytes);
  }
}
