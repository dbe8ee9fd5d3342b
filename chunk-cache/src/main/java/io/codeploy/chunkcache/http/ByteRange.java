package io.codeploy.chunkcache.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code Range} header asks of a body (RFC 9110, section 14). */
public sealed interface ByteRange {
  /** {@code bytes=first-last}, {@code bytes=first-} or {@code bytes=-suffix}; numbers that fit. */
  Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** No range, or one that the rules let a server ignore. */
  record Whole() implements ByteRange {}

  /** Bytes {@code first} up to and including {@code last}. */
  record Part(long first, long last) implements ByteRange {
    /** Bytes, at least 1. */
    public long length() {
      return last - first + 1;
    }
  }

  /** A range beyond the body. */
  record Unsatisfiable() implements ByteRange {}

  /** What {@code header} asks of a body of {@code length} bytes. */
  static ByteRange of(Optional<String> header, long length) {
    Matcher matcher = SINGLE.matcher(header.orElse("").strip());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return new Whole();
    }
    if (matcher.group(1).isEmpty()) {
      long suffix = Math.min(length, Long.parseLong(matcher.group(2)));
      return suffix == 0 ? new Unsatisfiable() : new Part(length - suffix, length - 1);
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? length - 1 : Long.parseLong(matcher.group(2));
    if (last < first && !matcher.group(2).isEmpty()) {
      return new Whole();
    }
    return first >= length ? new Unsatisfiable() : new Part(first, Math.min(last, length - 1));
  }
}
