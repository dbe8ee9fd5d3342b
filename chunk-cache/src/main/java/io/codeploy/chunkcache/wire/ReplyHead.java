package io.codeploy.chunkcache.wire;

import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status and fields of an answer.
 *
 * @param length of the body
 */
record ReplyHead(int status, long length, HeadFields fields) {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([2-5]\\d\\d)(?: [^\\r\\n]*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  /**
   * The head whose lines are in {@code text}, without the empty one.
   *
   * @throws ProtocolException if it is not one of HTTP/1.1 with a body of a told length
   */
  static ReplyHead parse(String text) throws ProtocolException {
    Matcher status = STATUS.matcher(HeadFields.firstLine(text));
    if (!status.matches()) {
      throw new ProtocolException("no status line of HTTP/1.1");
    }
    HeadFields fields = HeadFields.parse(text);
    return new ReplyHead(Integer.parseInt(status.group(1)), length(fields), fields);
  }

  private static long length(HeadFields fields) throws ProtocolException {
    String length = fields.get("Content-Length").orElse("");
    if (fields.get("Transfer-Encoding").isPresent() || !LENGTH.matcher(length).matches()) {
      throw new ProtocolException("no length of the body");
    }
    return Long.parseLong(length);
  }
}
