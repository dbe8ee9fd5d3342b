package io.codeploy.cli.origin;

import io.codeploy.chunkcache.origin.WebClients;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches samples through a web server, a few at a time, and compares them with the files. */
final class WebProbe {
  private static final int WIDTH = 8;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final WebUrl root;

  private final OkHttpClient client;

  private final Fanout fanout =
      new Fanout("codeploy-probe", WIDTH, Duration.ZERO, TimeSource.system());

  /** Of the web server that serves the tree at {@code root}. */
  WebProbe(WebUrl root) {
    this.root = root;
    this.client =
        WebClients.of(root.root()).newBuilder().connectTimeout(LIMIT).readTimeout(LIMIT).build();
  }

  /**
   * What the server makes of each of {@code samples}, in their order.
   *
   * @throws OriginException if it gives no answer at all to one of them
   */
  List<Tried> ask(List<Sample> samples) throws OriginException, InterruptedException {
    int first = Math.min(1, samples.size());
    // The first one alone: where nobody answers, one wait is enough.
    List<Tried> tried = new ArrayList<>(askAtOnce(samples.subList(0, first)));
    tried.addAll(askAtOnce(samples.subList(first, samples.size())));
    return tried;
  }

  private List<Tried> askAtOnce(List<Sample> samples) throws OriginException, InterruptedException {
    List<Tried> answers =
        fanout.map(
            samples,
            sample -> new Tried(sample, ask(sample)),
            sample -> new Tried(sample, new Answer.Unreachable("interrupted")));
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while asking a web server");
    }
    for (Tried tried : answers) {
      requireAnswer(tried);
    }
    return answers;
  }

  private void requireAnswer(Tried tried) throws OriginException {
    if (tried.answer() instanceof Answer.Unreachable unreachable) {
      throw new OriginException(root + " does not answer: " + unreachable.reason());
    }
    if (tried.answer() instanceof Answer.Vanished vanished) {
      throw new OriginException(
          "%s cannot be read any more (%s); run codeploy again"
              .formatted(tried.sample().file(), vanished.reason()));
    }
  }

  private Answer ask(Sample sample) {
    byte[] expected = new byte[sample.length()];
    try {
      read(sample, ByteBuffer.wrap(expected));
    } catch (IOException e) {
      return new Answer.Vanished(e.toString());
    }
    return ask(sample, expected);
  }

  private Answer ask(Sample sample, byte[] expected) {
    long last = sample.offset() + sample.length() - 1;
    Request request =
        new Request.Builder()
            .url(sample.url())
            .header("Range", "bytes=" + sample.offset() + "-" + last)
            .header("Accept-Encoding", "identity")
            .build();
    try (Response response = client.newCall(request).execute()) {
      return switch (response.code()) {
        case 200 -> compare(response, expected, sample.offset(), new Answer.Whole());
        case 206 -> compare(response, expected, 0, new Answer.Ranged());
        default ->
            new Answer.Refused(response.code(), Optional.ofNullable(response.header("Location")));
      };
    } catch (IOException e) {
      return new Answer.Unreachable(new Silence(sample.url(), LIMIT).line(e));
    }
  }

  private static Answer compare(Response response, byte[] expected, long skip, Answer right)
      throws IOException {
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
