package io.codeploy.cli.origin;

import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches samples through a web server, a few at a time, and compares them with the files. */
final class WebProbe {
  private static final int WIDTH = 8;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .proxy(Proxy.NO_PROXY)
          .connectTimeout(LIMIT)
          .readTimeout(LIMIT)
          .build();

  private final Fanout fanout =
      new Fanout("codeploy-probe", WIDTH, Duration.ZERO, TimeSource.system());

  /** What the server makes of each of {@code samples}, in their order. */
  List<Answer> ask(List<Sample> samples) throws InterruptedException {
    List<Answer> answers =
        fanout.map(samples, this::ask, sample -> new Answer.Unreachable("interrupted"));
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while asking a web server");
    }
    return answers;
  }

  private Answer ask(Sample sample) {
    long last = sample.offset() + sample.length() - 1;
    Request request =
        new Request.Builder()
            .url(sample.url())
            .header("Range", "bytes=" + sample.offset() + "-" + last)
            .header("Accept-Encoding", "identity")
            .build();
    try (Response response = client.newCall(request).execute()) {
      return switch (response.code()) {
        case 200 -> compare(response, sample, sample.offset(), new Answer.Whole());
        case 206 -> compare(response, sample, 0, new Answer.Ranged());
        default -> new Answer.Refused(response.code());
      };
    } catch (IOException e) {
      String reason = e.getMessage();
      return new Answer.Unreachable(reason == null ? e.getClass().getSimpleName() : reason);
    }
  }

  private static Answer compare(Response response, Sample sample, long skip, Answer right)
      throws IOException {
    byte[] expected = new byte[sample.length()];
    read(sample, ByteBuffer.wrap(expected));
    InputStream body = response.body().byteStream();
    try {
      body.skipNBytes(skip);
    } catch (EOFException e) {
      return new Answer.Altered(response.code());
    }
    byte[] got = body.readNBytes(expected.length);
    return Arrays.equals(got, expected) ? right : new Answer.Altered(response.code());
  }

  private static void read(Sample sample, ByteBuffer target) throws IOException {
    try (FileChannel in = FileChannel.open(sample.file(), StandardOpenOption.READ)) {
      long at = sample.offset();
      for (int got = 0; target.hasRemaining() && got >= 0; at += got) {
        got = in.read(target, at);
      }
    }
  }
}
