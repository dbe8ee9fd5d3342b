package io.codeploy.chunkcache.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client has asked for, in either way: as a path of this server, or as of a proxy.
 *
 * @param target as {@link Target#parse} takes it
 * @param asPath whether links that are to lead here again begin with a slash
 */
record Asked(String target, boolean asPath) {
  private static final Pattern HERE =
      Pattern.compile("(?i)http://(?:127\\.0\\.0\\.1|localhost|\\[::1])(?::\\d{1,5})?(/.*)?");
  private static final Pattern HTTP = Pattern.compile("(?i)http:/(/.*)");

  /** Reads an absolute URI; a page that has its own name lead here asks for its own host. */
  static Asked of(String uri) {
    Matcher here = HERE.matcher(uri);
    if (here.matches()) {
      return new Asked(here.group(1) == null ? "/" : here.group(1), true);
    }
    Matcher elsewhere = HTTP.matcher(uri);
    return new Asked(elsewhere.matches() ? elsewhere.group(1) : "", false);
  }
}
