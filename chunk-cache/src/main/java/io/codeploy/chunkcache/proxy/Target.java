package io.codeploy.chunkcache.proxy;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client wants: {@code /host[:port]/path?query}. Nothing that could be read in two ways
 * becomes one: no user, no other alphabet than a URL's, no dot segments, no encoded host.
 *
 * @param host lower case; an IPv6 address in brackets
 * @param port if one was said
 * @param path with the query, as it came; begins with a slash
 */
record Target(String host, OptionalInt port, String path) {
  static final int MAX_LENGTH = 8 << 10;

  private static final Pattern FORM =
      Pattern.compile(
          "/((?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)(?:\\.[A-Za-z0-9_]"
              + "(?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*+|\\[[0-9A-Fa-f:.]{2,45}])(?::([1-9][0-9]{0,4}))?"
              + "(/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*+"
              + "(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*+)?)");
  private static final Pattern DOTS =
      Pattern.compile("/(\\.|%2[eE]){1,2}(?=[/?;]|$)|%2[fF]|%5[cC]|%00");
  private static final int MAX_PORT = 0xffff;
  private static final int MAX_HOST_LENGTH = 253;

  static Optional<Target> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches() || form.group(1).length() > MAX_HOST_LENGTH) {
      return Optional.empty();
    }
    String path = form.group(3);
    int query = path.indexOf('?');
    if (DOTS.matcher(query < 0 ? path : path.substring(0, query)).find()) {
      return Optional.empty();
    }
    OptionalInt port =
        form.group(2) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(form.group(2)));
    return port.orElse(1) > MAX_PORT
        ? Optional.empty()
        : Optional.of(new Target(form.group(1).toLowerCase(Locale.ROOT), port, path));
  }
}
