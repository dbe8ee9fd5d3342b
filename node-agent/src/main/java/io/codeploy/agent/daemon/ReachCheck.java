package io.codeploy.agent.daemon;

import io.codeploy.agent.control.ReachAnswer;
import io.codeploy.agent.control.ReachRequest;
import io.codeploy.chunkcache.origin.MachineTrust;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;

/** Whether a URL answers from here. */
final class ReachCheck {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  private ReachCheck() {}

  /** Asks once; any HTTP answer will do. Blocks for five seconds at most, bar name look-ups. */
  static ReachAnswer check(ReachRequest request) {
    try {
      return ask(request);
    } catch (SocketTimeoutException e) {
      return new ReachAnswer(false, "no answer from " + request.url() + " within the time limit");
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      return new ReachAnswer(false, request.url() + ": " + e.getMessage());
    }
  }

  private static ReachAnswer ask(ReachRequest request) throws IOException, URISyntaxException {
    if (!(new URI(request.url()).toURL().openConnection(Proxy.NO_PROXY)
        instanceof HttpURLConnection connection)) {
      return new ReachAnswer(false, request.url() + " is no http or https URL");
    }
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(MachineTrust.get().sockets());
    }
    connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
    connection.setReadTimeout((int) ANSWER_LIMIT.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    if (!request.token().isEmpty()) {
      connection.setRequestProperty("Authorization", "Bearer " + request.token());
    }
    try {
      int status = connection.getResponseCode();
      return status > 0
          ? new ReachAnswer(true, "")
          : new ReachAnswer(false, request.url() + " does not speak HTTP");
    } finally {
      connection.disconnect();
    }
  }
}
