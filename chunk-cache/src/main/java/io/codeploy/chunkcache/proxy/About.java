package io.codeploy.chunkcache.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What members tell each other of a file.
 *
 * @param headers of the origin that clients get, by the names of {@link #PASSED}
 */
record About(Version version, Map<String, String> headers) {
  static final List<String> PASSED =
      List.of("Content-Type", "ETag", "Last-Modified", "Content-Disposition");

  /**
   * Of the text form and the URL, in characters: owners remember many, and ask each other with it.
   */
  static final int MAX_LENGTH = 4 << 10;

  About {
    headers = Map.copyOf(headers);
  }

  /** Whether it is short enough to be remembered. */
  boolean fits() {
    return version.url().text().length() + encode().length() <= MAX_LENGTH;
  }

  /** Lines of a name, a space and a value. */
  String encode() {
    StringBuilder text = new StringBuilder();
    text.append("length ").append(version.length()).append('\n');
    text.append("validator ").append(version.validator()).append('\n');
    for (String name : PASSED) {
      Optional.ofNullable(headers.get(name))
          .ifPresent(value -> text.append(name).append(' ').append(value).append('\n'));
    }
    return text.toString();
  }

  /** Reads what {@link #encode} wrote of the file at {@code url}; empty if it is anything else. */
  static Optional<About> decode(OriginUrl url, String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        values.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    String length = values.getOrDefault("length", "");
    String validator = values.getOrDefault("validator", "");
    if (!length.matches("[1-9]\\d{0,17}") || validator.isBlank() || !printable(values)) {
      return Optional.empty();
    }
    values.keySet().retainAll(PASSED);
    return Optional.of(new About(new Version(url, validator, Long.parseLong(length)), values));
  }

  private static boolean printable(Map<String, String> values) {
    return values.values().stream().noneMatch(v -> v.chars().anyMatch(c -> c < ' ' || c == 0x7f));
  }
}
