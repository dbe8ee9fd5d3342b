package io.codeploy.cli.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScannedTree;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedOriginIT {
  private final BearerToken token = BearerToken.random(new SecureRandom());
  private final OkHttpClient client = new OkHttpClient();
  @TempDir private Path temporary;

  @Test
  void servesEveryChunkOfATreeToWhoeverShowsTheToken() throws Exception {
    Path dir = Trees.ofManyKinds(temporary.resolve("tree"));
    ScannedTree tree = Trees.scan(dir, Delivery.CHUNKS, temporary.resolve("cache"));
    InetAddress one = loopback(1);
    InetAddress two = loopback(2);
    try (EmbeddedOrigin origin = EmbeddedOrigin.start(List.of(one, two), 0, tree.chunks(), token)) {
      List<ChunkRef> all = new ArrayList<>(tree.manifest().chunks());
      all.addAll(tree.encodedManifest().root().chunks());
      for (ChunkRef chunk : all) {
        byte[] bytes = get(origin.url(two) + "/c/" + chunk.transported(), true);
        assertEquals(chunk.transported(), Digest.of(bytes));
      }
      // A body is counted when it has gone out, a moment after the client may have it.
      assertTimeoutPreemptively(
          Duration.ofSeconds(30), () -> awaitSent(origin, tree.stats().transportedBytes()));
      assertEquals(200, status(origin.url(one) + "/v1/ping", true));
    }
  }

  @Test
  void answersNothingWithoutTheToken() throws Exception {
    InetAddress loopback = loopback(1);
    try (EmbeddedOrigin origin =
        EmbeddedOrigin.start(List.of(loopback), 0, digest -> java.util.Optional.empty(), token)) {
      assertEquals(401, status(origin.url(loopback) + "/v1/ping", false));
      assertEquals(401, status(origin.url(loopback) + "/c/" + "0".repeat(64), false));
      assertEquals(404, status(origin.url(loopback) + "/c/" + "0".repeat(64), true));
      assertThrows(IllegalArgumentException.class, () -> origin.url(loopback(9)));
    }
  }

  private static void awaitSent(EmbeddedOrigin origin, long bytes) {
    while (origin.bytesSent() != bytes) {
      Thread.onSpinWait();
    }
  }

  private static InetAddress loopback(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private int status(String url, boolean authorized) throws IOException {
    try (Response response = call(url, authorized)) {
      return response.code();
    }
  }

  private byte[] get(String url, boolean authorized) throws IOException {
    try (Response response = call(url, authorized)) {
      assertEquals(200, response.code(), url);
      return response.body().bytes();
    }
  }

  private Response call(String url, boolean authorized) throws IOException {
    Request.Builder request = new Request.Builder().url(url);
    if (authorized) {
      request.header("Authorization", token.authorization());
    }
    return client.newCall(request.build()).execute();
  }
}
