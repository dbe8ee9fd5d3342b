package io.codeploy.chunkcache.origin;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;

/** What those who ask an origin do with its answers. */
public final class Web {
  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  /** Too many requests, service unavailable. */
  private static final Set<Integer> BUSY = Set.of(429, 503);

  private static final String BUSY_REMEDY = "; let it serve more at once, or try again later";
  private static final String FAILED_REMEDY = "; see to the web server and run codeploy again";

  /** Request timeout, too early. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 425);

  private Web() {}

  /**
   * What {@code Retry-After} says, if it is there, in whole seconds, within reason; one second if
   * nothing.
   */
  public static Duration retryAfter(Optional<String> header) {
    String seconds = header.orElse("1");
    if (!seconds.matches("\\d{1,6}")) {
      return Duration.ofSeconds(1);
    }
    Duration told = Duration.ofSeconds(Long.parseLong(seconds));
    return told.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : told;
  }

  /**
   * What {@code response}, which is not the one hoped for, means: come back, no, or not this time.
   *
   * @param url of the origin
   * @param detail what it was asked for, where the URL does not tell
   * @param remedy what to do if it means no
   */
  static IOException originTrouble(String url, Response response, String detail, String remedy) {
    Optional<String> pause = Optional.ofNullable(response.header("Retry-After"));
    return originTrouble(url, response.code(), pause, detail, remedy);
  }

  /**
   * The same of an answer of {@code status}.
   *
   * @param pause its {@code Retry-After}
   */
  static IOException originTrouble(
      String url, int status, Optional<String> pause, String detail, String remedy) {
    String line = "origin " + url + ": status " + status + detail;
    if (BUSY.contains(status)) {
      return new OriginBusyException(line + BUSY_REMEDY, retryAfter(pause));
    }
    return refusal(status)
        ? new OriginRefusedException(line + remedy)
        : new OriginFailedException(line + FAILED_REMEDY);
  }

  /** Whether a web server that answers {@code status} will do so the next time, too. */
  private static boolean refusal(int status) {
    return status >= 400 && status < 500 && !TRANSIENT.contains(status);
  }

  /** The message of {@code failure}, or its kind where it has none. */
  public static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
