package io.codeploy.chunkcache.wire;

import java.net.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status and fields of an answer. Strict: what could be read in two ways is refused.
 *
 * @param length of the body
 * @param reusable whether the connection takes another request after the body
 * @param fields by their names in lower case
 */
record ReplyHead(int status, long length, boolean reusable, Map<String, String> fields) {
  /** What ends a head. */
  static final String END = "\r\n\r\n";

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([2-5]\\d\\d)(?: [^\\r\\n]*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final String NAME_CHARACTERS = "!#$%&'*+-.^_`|~";

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The head whose lines are in {@code text}, without the empty one.
   *
   * @throws ProtocolException if it is not one of HTTP/1.1 with a body of a told length
   */
  static ReplyHead parse(String text) throws ProtocolException {
    List<String> lines = List.of(text.split("\r\n", -1));
    Matcher status = STATUS.matcher(lines.getFirst());
    if (!status.matches()) {
      throw new ProtocolException("no status line of HTTP/1.1");
    }
    Map<String, String> fields = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      add(line, fields);
    }
    return new ReplyHead(
        Integer.parseInt(status.group(1)), length(fields), reusable(fields), Map.copyOf(fields));
  }

  private static void add(String line, Map<String, String> fields) throws ProtocolException {
    int colon = line.indexOf(':');
    if (colon < 1 || !line.chars().limit(colon).allMatch(ReplyHead::isOfName)) {
      throw new ProtocolException("no header field in a line of the head");
    }
    String value = line.substring(colon + 1).strip();
    if (value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw new ProtocolException("a control character in a header field");
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    if (fields.put(name, value) != null) {
      throw new ProtocolException("two header fields " + name);
    }
  }

  private static boolean isOfName(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || NAME_CHARACTERS.indexOf(c) >= 0);
  }

  private static long length(Map<String, String> fields) throws ProtocolException {
    String length = fields.getOrDefault("content-length", "");
    if (fields.containsKey("transfer-encoding") || !LENGTH.matcher(length).matches()) {
      throw new ProtocolException("no length of the body");
    }
    return Long.parseLong(length);
  }

  private static boolean reusable(Map<String, String> fields) {
    String connection = fields.getOrDefault("connection", "keep-alive");
    return connection.equalsIgnoreCase("keep-alive");
  }
}
