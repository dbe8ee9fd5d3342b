package io.codeploy.chunkcache.proxy;

/**
 * A file of an origin that may be asked.
 *
 * @param scheme {@code http} or {@code https}
 * @param path with the query
 * @param named whether the operator said this very host, and not only a pattern that it fits
 */
record OriginUrl(String scheme, String host, int port, String path, boolean named) {
  /** Scheme, host and port. */
  String origin() {
    return scheme + "://" + host + ":" + port;
  }

  /** The same for all members and for each way in which it can be asked for. */
  String text() {
    return origin() + path;
  }

  /** As {@link Target#parse} takes it. */
  String target() {
    return "/" + host + ":" + port + path;
  }

  @Override
  public String toString() {
    return text();
  }
}
