package io.codeploy.chunkcache.http;

import java.io.IOException;

/** Answers the requests that are its own. Called by many threads at once; may block. */
@FunctionalInterface
public interface Route {
  /**
   * Answers {@code exchange}, or leaves it untouched and returns false when it is not this route's.
   *
   * @throws IOException if the client is gone; any other exception becomes status 500
   */
  boolean handle(Exchange exchange) throws IOException;
}
