package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.source.Wire;
import io.codeploy.multicopy.source.Xattrs;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Members of a tar stream that tell of the next one that is a file. */
final class TarText {
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private char type;
  private long bytes;
  private Optional<String> name = Optional.empty();
  private Optional<String> link = Optional.empty();
  private Optional<Long> size = Optional.empty();
  private final Map<String, byte[]> xattrs = new HashMap<>();

  /**
   * A member begins.
   *
   * @return how many bytes there are of such members since the last file; negative for none that is
   *     possible
   */
  long begin(char ofType, long length) {
    type = ofType;
    bytes = length < 0 || bytes < 0 ? -1 : bytes + TarHeader.BLOCK_BYTES + length;
    return bytes;
  }

  void write(byte[] from, int offset, int length) {
    content.write(from, offset, length);
  }

  /** The member is whole. */
  void end() throws NodeFailedException {
    byte[] whole = content.toByteArray();
    content.reset();
    switch (type) {
      case 'L' -> name = Optional.of(upToZero(whole));
      case 'K' -> link = Optional.of(upToZero(whole));
      case 'x' -> {
        Map<String, String> values = values(whole);
        name = Optional.ofNullable(values.get("path")).or(() -> name);
        link = Optional.ofNullable(values.get("linkpath")).or(() -> link);
        if (values.containsKey("size")) {
          size = Optional.of(number(values.getOrDefault("size", "")));
        }
        values.forEach(this::attribute);
      }
      default -> {
        // What holds for all members is of no interest.
      }
    }
  }

  /** The file has come that all this was about. */
  void forget() {
    name = Optional.empty();
    link = Optional.empty();
    size = Optional.empty();
    xattrs.clear();
    bytes = 0;
  }

  Optional<String> name() {
    return name;
  }

  Optional<String> link() {
    return link;
  }

  /** Extended attributes, which are there where they were asked for. */
  Map<String, byte[]> xattrs() {
    return xattrs;
  }

  private void attribute(String key, String value) {
    if (key.startsWith(Xattrs.PAX_PREFIX)) {
      String name = key.substring(Xattrs.PAX_PREFIX.length());
      xattrs.put(
          Wire.text(name.replace("%3D", "=").replace("%25", "%")),
          value.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  Optional<Long> size() {
    return size;
  }

  /** GNU's form of a long name. */
  private static String upToZero(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int zero = text.indexOf('\0');
    return zero < 0 ? text : text.substring(0, zero);
  }

  /** The form of pax: {@code <length> <key>=<value>} and a newline, any number of times. */
  private static Map<String, String> values(byte[] bytes) throws NodeFailedException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Map<String, String> values = new HashMap<>();
    int at = 0;
    while (at < text.length()) {
      int blank = text.indexOf(' ', at);
      int length = blank < 0 ? 0 : (int) number(text.substring(at, blank));
      int equals = text.indexOf('=', at);
      int end = at + length - 1;
      if (length < 0 || end < at || end >= text.length() || equals < blank || equals >= end) {
        throw garbled();
      }
      values.put(text.substring(blank + 1, equals), text.substring(equals + 1, end));
      at = end + 1;
    }
    return values;
  }

  /** A number; -1 for one that no file has for its size. */
  private static long number(String digits) throws NodeFailedException {
    try {
      return digits.length() > 18 ? -1 : Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw garbled();
    }
  }

  private static NodeFailedException garbled() {
    return Problems.failure("sends a tar stream that is garbled");
  }
}
