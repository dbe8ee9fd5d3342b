package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Have-deltas in the headers of chunk requests and answers; their format is in {@code
 * docs/formats/http.md}.
 */
final class HaveHeader {
  static final String SINCE = "Codeploy-Since";
  static final String HAVE = "Codeploy-Have";

  /** Indexes in one header. */
  static final int LIMIT = 100;

  private static final Pattern SINCE_VALUE = Pattern.compile("([a-z]{1,16})/(\\d{1,18})");
  private static final Pattern HAVE_VALUE =
      Pattern.compile("(\\d{1,18}) (\\d{1,18}) (active|idle)(?: ((?:\\d{1,9},){0,99}\\d{1,9}))?");

  /** What a request wants to know: the news of a part since a sequence number. */
  record Question(String part, long since) {
    static Optional<Question> parse(String value) {
      Matcher matcher = SINCE_VALUE.matcher(value);
      return matcher.matches()
          ? Optional.of(new Question(matcher.group(1), Long.parseLong(matcher.group(2))))
          : Optional.empty();
    }

    String format() {
      return part + "/" + since;
    }
  }

  private HaveHeader() {}

  static String format(HaveDelta delta) {
    String head =
        delta.next() + " " + delta.progress() + " " + (delta.active() ? "active" : "idle");
    return delta.chunks().isEmpty()
        ? head
        : head
            + " "
            + delta.chunks().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Empty if {@code value} is not of the format. */
  static Optional<HaveDelta> parse(String value) {
    Matcher matcher = HAVE_VALUE.matcher(value);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Integer> chunks =
        matcher.group(4) == null
            ? List.of()
            : Arrays.stream(matcher.group(4).split(",")).map(Integer::valueOf).toList();
    return Optional.of(
        new HaveDelta(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            matcher.group(3).equals("active"),
            chunks));
  }
}
