package io.codeploy.cli.origin;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;

/** Why a URL gives no answer, and what to do about it, in one line. */
record Silence(HttpUrl url, Duration limit) {
  String line(IOException e) {
    if (e instanceof UnknownHostException) {
      return "the host " + url.host() + " is unknown; check the spelling of the URL";
    }
    if (e instanceof SocketTimeoutException) {
      return server() + " is silent for " + limit.toSeconds() + " s; check URL and firewalls";
    }
    if (isRefused(e)) {
      return server() + " refuses connections; start the web server or correct the URL";
    }
    if (e instanceof NoRouteToHostException) {
      return "there is no way to " + server() + "; check the URL and the network";
    }
    if (e instanceof SSLException) {
      return "TLS with " + server() + " fails (" + text(e) + "); see to its certificate";
    }
    return "the connection to " + server() + " breaks (" + text(e) + "); is it a web server?";
  }

  private String server() {
    return url.host() + " port " + url.port();
  }

  /** The library wraps what the system says, and does not keep its type. */
  private static boolean isRefused(IOException e) {
    return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
        .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
        .anyMatch(message -> message.contains("connection refused"));
  }

  private static String text(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.replace('\n', ' ');
  }
}
