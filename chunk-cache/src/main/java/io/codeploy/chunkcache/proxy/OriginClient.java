package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.proxy.TroubleException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;

/** Asks origins for ranges, not for many at a time. Believes nothing but what fits together. */
final class OriginClient {
  /** Tells a proxy that it asks itself. */
  static final String VIA = "1.1 codeploy-proxy";

  /** For a whole answer, however steadily it drips: others wait for the place. */
  private static final Duration CALL_LIMIT = Duration.ofMinutes(2);

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/([1-9]\\d{0,17})");

  /** What can mean that the version is gone: all of it, no such, not if so, not so long. */
  private static final Set<Integer> GONE = Set.of(200, 404, 410, 412, 416);

  private final Places places = new Places();
  private final Duration patience;
  private final Duration callLimit;

  /** {@code patience} is how long to wait for one of the places. */
  OriginClient(Duration patience) {
    this(patience, CALL_LIMIT);
  }

  OriginClient(Duration patience, Duration callLimit) {
    this.patience = patience;
    this.callLimit = callLimit;
  }

  /** What an origin says of a file. */
  sealed interface First {
    /** It is still the version that was known. */
    record Unchanged(Duration fresh) implements First {}

    /** It is this, and begins so. */
    record Found(About about, Duration fresh, VerifiedChunk start) implements First {}

    /** Anything that is not to be kept. */
    record Other() implements First {}
  }

  /** Whether {@code known} still holds, else what there is now. */
  First first(OriginUrl url, Optional<Version> known) throws IOException {
    Request.Builder request = request(url, 0, RangePlan.RANGE_BYTES - 1);
    known.ifPresent(
        version ->
            request.header(
                version.hasTag() ? "If-None-Match" : "If-Modified-Since", version.validator()));
    return ask(url, request.build(), response -> first(url, known, response));
  }

  private static First first(OriginUrl url, Optional<Version> known, Response response)
      throws IOException {
    Function<String, Optional<String>> headers = Http.headers(response);
    Optional<Duration> fresh = Freshness.of(headers);
    if (response.code() == 304 && known.isPresent() && fresh.isPresent()) {
      return new First.Unchanged(fresh.get());
    }
    Optional<String> validator = Version.validator(headers);
    Matcher range = CONTENT_RANGE.matcher(headers.apply("Content-Range").orElse(""));
    if (response.code() != 206 || fresh.isEmpty() || validator.isEmpty() || !range.matches()) {
      return new First.Other();
    }
    Version version = new Version(url, validator.get(), Long.parseLong(range.group(3)));
    if (!range.group().equals(contentRange(version, 0))) {
      return new First.Other();
    }
    Map<String, String> passed = new HashMap<>();
    About.PASSED.forEach(name -> headers.apply(name).ifPresent(v -> passed.put(name, v)));
    About about = new About(version, passed);
    return about.fits()
        ? new First.Found(about, fresh.get(), read(version, 0, response))
        : new First.Other();
  }

  /**
   * A range of that version and no other.
   *
   * @throws TroubleException that it has changed, or that the origin does not give it
   */
  VerifiedChunk range(Version version, long index) throws IOException {
    RangePlan plan = version.plan();
    Request request =
        request(version.url(), plan.first(index), plan.last(index))
            .header("If-Range", version.validator())
            .build();
    return ask(
        version.url(),
        request,
        response -> {
          check(version, index, response);
          return read(version, index, response);
        });
  }

  private static void check(Version version, long index, Response response)
      throws TroubleException {
    Function<String, Optional<String>> headers = Http.headers(response);
    if (response.code() != 206 && !GONE.contains(response.code())) {
      throw new TroubleException(
          Kind.FAILED, "origin " + version.url() + ": status " + response.code());
    }
    String range = headers.apply("Content-Range").orElse("");
    boolean same =
        response.code() == 206
            && range.equals(contentRange(version, index))
            && version.isOf(headers);
    if (!same) {
      throw new TroubleException(Kind.CHANGED, version.url() + " has changed at its origin");
    }
  }

  private static String contentRange(Version version, long index) {
    RangePlan plan = version.plan();
    return "bytes " + plan.first(index) + "-" + plan.last(index) + "/" + version.length();
  }

  private static VerifiedChunk read(Version version, long index, Response response)
      throws IOException {
    byte[] content = new byte[version.plan().bytes(index)];
    InputStream body = response.body().byteStream();
    if (body.readNBytes(content, 0, content.length) < content.length || body.read() >= 0) {
      throw new TroubleException(
          Kind.FAILED, "origin " + version.url() + ": not the bytes that it said it would send");
    }
    return VerifiedChunk.of(ByteBuffer.wrap(content));
  }

  private static Request.Builder request(OriginUrl url, long first, long last) {
    return new Request.Builder()
        .url(url.text())
        .header("Range", "bytes=" + first + "-" + last)
        .header("Accept-Encoding", "identity")
        .header("Via", VIA);
  }

  /** What to make of an answer. */
  @FunctionalInterface
  private interface Use<T> {
    T of(Response response) throws IOException;
  }

  private <T> T ask(OriginUrl url, Request request, Use<T> use) throws IOException {
    try {
      if (!places.take(url.origin(), patience)) {
        throw new TroubleException(
            Kind.BUSY, "too many requests to " + url.origin() + " or to all origins are under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the proxy ends");
    }
    Call call = Http.to(url).newCall(request);
    call.timeout().timeout(callLimit.toNanos(), TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      return use.of(response);
    } catch (TroubleException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("origin " + url + ": " + e, e);
    } finally {
      places.giveBack(url.origin());
    }
  }
}
