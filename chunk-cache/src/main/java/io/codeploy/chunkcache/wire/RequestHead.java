package io.codeploy.chunkcache.wire;

import java.net.ProtocolException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request without a body asks for.
 *
 * @param query what follows the question mark, or nothing
 */
record RequestHead(String method, String path, String query, HeadFields fields) {
  /** No escapes: no URL of a cache needs one. */
  private static final Pattern REQUEST =
      Pattern.compile("([A-Z]{1,16}) (/[\\w./~-]*)(?:\\?([\\w.~=&-]*))? HTTP/1\\.1");

  /**
   * The head whose lines are in {@code text}, without the empty one.
   *
   * @throws ProtocolException if it is not one of HTTP/1.1, or has a body
   */
  static RequestHead parse(String text) throws ProtocolException {
    Matcher request = REQUEST.matcher(HeadFields.firstLine(text));
    if (!request.matches()) {
      throw new ProtocolException("no request of HTTP/1.1");
    }
    HeadFields fields = HeadFields.parse(text);
    boolean body = !fields.get("Content-Length").orElse("0").equals("0");
    if (body || fields.get("Transfer-Encoding").isPresent()) {
      throw new ProtocolException("a request with a body");
    }
    String query = Optional.ofNullable(request.group(3)).orElse("");
    return new RequestHead(request.group(1), request.group(2), query, fields);
  }

  Optional<String> parameter(String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return Optional.of(pair.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }
}
