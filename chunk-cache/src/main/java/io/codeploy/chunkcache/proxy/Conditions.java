package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.http.ByteRange;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a client's conditions ask for of the version that there is (RFC 9110, section 13). */
final class Conditions {
  private Conditions() {}

  /** Whether the client has this version already. */
  static boolean unchanged(Function<String, Optional<String>> request, About about) {
    Optional<String> tags = request.apply("If-None-Match");
    if (tags.isPresent()) {
      String own = opaque(about.headers().getOrDefault("ETag", ""));
      return tags.get().strip().equals("*")
          || (!own.isEmpty()
              && Stream.of(tags.get().split(",", -1)).anyMatch(tag -> opaque(tag).equals(own)));
    }
    Optional<ZonedDateTime> since = request.apply("If-Modified-Since").flatMap(Freshness::time);
    Optional<ZonedDateTime> changed =
        Optional.ofNullable(about.headers().get("Last-Modified")).flatMap(Freshness::time);
    return since.isPresent() && changed.isPresent() && !changed.get().isAfter(since.get());
  }

  /** The part that is wanted; all of it when the client's part is of another version. */
  static ByteRange range(Function<String, Optional<String>> request, About about) {
    Map<String, String> known = about.headers();
    boolean other =
        request
            .apply("If-Range")
            .filter(
                condition ->
                    !condition.equals(known.get("Last-Modified"))
                        && (condition.startsWith("W/") || !condition.equals(known.get("ETag"))))
            .isPresent();
    return ByteRange.of(
        other ? Optional.empty() : request.apply("Range"), about.version().length());
  }

  private static String opaque(String tag) {
    String text = tag.strip();
    return text.startsWith("W/") ? text.substring(2) : text;
  }
}
