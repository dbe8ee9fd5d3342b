package io.codeploy.chunkcache.proxy;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the headers of an answer let a cache that many share do (RFC 9111). */
final class Freshness {
  private static final Duration LONGEST = Duration.ofDays(1);

  private Freshness() {}

  /**
   * For how long from now the answer holds without asking again; empty when it must not be kept.
   */
  static Optional<Duration> of(Function<String, Optional<String>> headers) {
    List<String> rules = tokens(headers.apply("Cache-Control"));
    boolean varies =
        tokens(headers.apply("Vary")).stream().anyMatch(name -> !name.equals("accept-encoding"));
    boolean private_ = rules.stream().anyMatch(Freshness::forbids);
    boolean own = headers.apply("Set-Cookie").isPresent();
    boolean encoded =
        tokens(headers.apply("Content-Encoding")).stream().anyMatch(c -> !c.equals("identity"));
    return varies || private_ || own || encoded
        ? Optional.empty()
        : Optional.of(lifetime(rules, headers));
  }

  private static boolean forbids(String rule) {
    return rule.equals("no-store") || rule.equals("private") || rule.startsWith("private=");
  }

  private static Duration lifetime(List<String> rules, Function<String, Optional<String>> headers) {
    if (rules.stream().anyMatch(rule -> rule.equals("no-cache") || rule.startsWith("no-cache="))) {
      return Duration.ZERO;
    }
    Optional<Duration> said =
        seconds(rules, "s-maxage=").or(() -> seconds(rules, "max-age=")).or(() -> left(headers));
    Duration age = headers.apply("Age").flatMap(Freshness::whole).orElse(Duration.ZERO);
    Duration rest = said.orElse(Duration.ZERO).minus(age);
    if (rest.isNegative()) {
      return Duration.ZERO;
    }
    return rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
  }

  private static Optional<Duration> seconds(List<String> rules, String name) {
    return rules.stream()
        .filter(rule -> rule.startsWith(name))
        .findFirst()
        .map(rule -> whole(rule.substring(name.length()).replace("\"", "")).orElse(Duration.ZERO));
  }

  /** By the origin's own clock alone. */
  private static Optional<Duration> left(Function<String, Optional<String>> headers) {
    Optional<ZonedDateTime> expires = headers.apply("Expires").flatMap(Freshness::time);
    Optional<ZonedDateTime> date = headers.apply("Date").flatMap(Freshness::time);
    return expires.isPresent() && date.isPresent()
        ? Optional.of(Duration.between(date.get(), expires.get()))
        : Optional.empty();
  }

  /** A time as HTTP writes it, in the one form that is still written. */
  static Optional<ZonedDateTime> time(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> whole(String text) {
    return text.strip().matches("\\d{1,10}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())))
        : Optional.empty();
  }

  private static List<String> tokens(Optional<String> header) {
    return Stream.of(header.orElse("").split(",", -1))
        .map(token -> token.strip().toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty())
        .toList();
  }
}
