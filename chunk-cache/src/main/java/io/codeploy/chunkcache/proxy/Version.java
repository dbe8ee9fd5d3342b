package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.Digest;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A file as it is at the moment, as far as its origin tells it from others.
 *
 * @param validator a strong entity tag, else the time of the last change, as the origin sent it
 * @param length in bytes, at least 1
 */
record Version(OriginUrl url, String validator, long length) {
  private static final Pattern TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]+\"");

  Version {
    Objects.requireNonNull(url, "url is null");
    Objects.requireNonNull(validator, "validator is null");
  }

  RangePlan plan() {
    return new RangePlan(length);
  }

  /** The name of a range: the same for all members, another one for another version. */
  Digest key(long index) {
    String name = url.text() + "\n" + validator + "\n" + length + "\n" + index;
    return Digest.of(name.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What identifies the version that an answer with these headers is of. A file that has just
   * changed may change again within the same second, so that its time says nothing.
   */
  static Optional<String> validator(Function<String, Optional<String>> headers) {
    Optional<String> strong = headers.apply("ETag").filter(Version::isTag);
    Optional<ZonedDateTime> now = headers.apply("Date").flatMap(Freshness::time);
    return strong.isPresent()
        ? strong
        : headers
            .apply("Last-Modified")
            .filter(
                text ->
                    Freshness.time(text)
                        .filter(changed -> now.filter(changed.plusSeconds(1)::isBefore).isPresent())
                        .isPresent());
  }

  /**
   * Whether an answer with these headers to a request for this version alone is of it. Such an
   * answer may leave out the time, but not the tag.
   */
  boolean isOf(Function<String, Optional<String>> headers) {
    return isTag(validator)
        ? headers.apply("ETag").filter(validator::equals).isPresent()
        : headers.apply("Last-Modified").filter(time -> !time.equals(validator)).isEmpty();
  }

  boolean hasTag() {
    return isTag(validator);
  }

  private static boolean isTag(String validator) {
    return TAG.matcher(validator).matches();
  }
}
