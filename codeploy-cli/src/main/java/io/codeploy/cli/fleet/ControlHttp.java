package io.codeploy.cli.fleet;

import io.codeploy.agent.control.ControlCodec;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure.Disconnected;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.TimedOut;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** HTTP/1.1 to a control port, a fresh stream for each exchange. */
final class ControlHttp {
  private static final MediaType JSON = MediaType.get("application/json");

  /** Every link shares its threads; each exchange has a socket of its own. */
  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder()
          .protocols(List.of(Protocol.HTTP_1_1))
          .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
          .proxy(Proxy.NO_PROXY)
          .retryOnConnectionFailure(false)
          .followRedirects(false)
          .build();

  private final ControlStreams streams;
  private final String token;

  ControlHttp(ControlStreams streams, String token) {
    this.streams = streams;
    this.token = token;
  }

  /** Reads a response while it is open. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Response response) throws IOException;
  }

  /**
   * @param limit without a byte from the agent
   */
  <T> T get(String path, Duration limit, Reader<T> reader)
      throws NodeFailedException, InterruptedException {
    return exchange(request(path).get().build(), limit, reader);
  }

  /**
   * @param limit without a byte from the agent
   */
  <T> T post(String path, byte[] body, Duration limit, Reader<T> reader)
      throws NodeFailedException, InterruptedException {
    return exchange(request(path).post(RequestBody.create(body, JSON)).build(), limit, reader);
  }

  /**
   * The same for a body that went through gzip.
   *
   * @param limit without a byte from the agent
   */
  <T> T postPacked(String path, byte[] body, Duration limit, Reader<T> reader)
      throws NodeFailedException, InterruptedException {
    Request.Builder packed = request(path).header("Content-Encoding", "gzip");
    return exchange(packed.post(RequestBody.create(body, JSON)).build(), limit, reader);
  }

  /** The response itself when its status is that of success. */
  static Response success(Response response) throws IOException {
    if (response.isSuccessful()) {
      return response;
    }
    String text = response.body().source().readUtf8(Math.min(500, available(response)));
    throw new NodeFailedException(
        new RemoteFailure(
            "the agent refused"
                + (text.isBlank() ? " with status " + response.code() : ": " + text.strip())));
  }

  /** The message in a response of success: no more of it than one may have, and a byte. */
  static byte[] message(Response response) throws IOException {
    return success(response).body().byteStream().readNBytes(ControlCodec.MAX_BYTES + 1);
  }

  private static long available(Response response) throws IOException {
    response.body().source().request(500);
    return response.body().source().getBuffer().size();
  }

  private Request.Builder request(String path) {
    // The host is a name only: the stream leads to the agent already.
    return new Request.Builder()
        .url("http://127.0.0.1" + path)
        .header("Authorization", "Bearer " + token)
        .header("Connection", "close");
  }

  private <T> T exchange(Request request, Duration limit, Reader<T> reader)
      throws NodeFailedException, InterruptedException {
    StreamSocket socket = new StreamSocket(streams.open(limit));
    OkHttpClient client =
        CLIENT
            .newBuilder()
            .socketFactory(new OneSocket(socket))
            .readTimeout(limit)
            .writeTimeout(limit)
            .build();
    try (socket;
        Response response = client.newCall(request).execute()) {
      return reader.read(response);
    } catch (IOException e) {
      throw failure(e, limit);
    }
  }

  /** The one place that tells apart what an exchange died of. */
  private static NodeFailedException failure(IOException e, Duration limit)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (e instanceof NodeFailedException known) {
      return known;
    }
    if (e instanceof SocketTimeoutException) {
      return new NodeFailedException(new TimedOut("progress", limit), e);
    }
    if (e instanceof InterruptedIOException) {
      throw new InterruptedException();
    }
    return new NodeFailedException(
        new Disconnected("lost the agent: " + e.getMessage() + "; see agent.log on the node"), e);
  }
}
