package io.codeploy.chunkcache.wire;

import java.net.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a head. Strict: what could be read in two ways is refused.
 *
 * @param values by their names in lower case
 */
record HeadFields(Map<String, String> values) {
  /** What ends a head. */
  static final String END = "\r\n\r\n";

  /** The longest head. */
  static final int MAX_HEAD_BYTES = 16 << 10;

  private static final String LINE_END = "\r\n";
  private static final String NAME_CHARACTERS = "!#$%&'*+-.^_`|~";

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether the other end goes on with this connection. */
  boolean keepAlive() {
    return get("Connection").orElse("keep-alive").equalsIgnoreCase("keep-alive");
  }

  /** Of a head, without the empty line at its end; whatever its first line is. */
  static HeadFields parse(String head) throws ProtocolException {
    List<String> lines = List.of(head.split(LINE_END, -1));
    Map<String, String> values = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      add(line, values);
    }
    return new HeadFields(Map.copyOf(values));
  }

  /** The first line of a head. */
  static String firstLine(String head) {
    int end = head.indexOf(LINE_END);
    return end < 0 ? head : head.substring(0, end);
  }

  private static void add(String line, Map<String, String> values) throws ProtocolException {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new ProtocolException("no header field in a line of the head");
    }
    for (int i = 0; i < colon; i++) {
      if (!isOfName(line.charAt(i))) {
        throw new ProtocolException("a header field whose name is none");
      }
    }
    String value = line.substring(colon + 1).strip();
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' && value.charAt(i) != '\t') {
        throw new ProtocolException("a control character in a header field");
      }
    }
    if (values.put(line.substring(0, colon).toLowerCase(Locale.ROOT), value) != null) {
      throw new ProtocolException("two header fields " + line.substring(0, colon));
    }
  }

  private static boolean isOfName(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || NAME_CHARACTERS.indexOf(c) >= 0);
  }
}
