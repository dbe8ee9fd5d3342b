package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.chunkcache.http.ByteRange;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
  private static final String CHANGED = "Sun, 22 Nov 2026 10:00:00 GMT";
  private static final About ABOUT =
      new About(
          new Version(new OriginUrl("http", "a", 80, "/x", true), "\"v1\"", 100),
          Map.of("ETag", "\"v1\"", "Last-Modified", CHANGED));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "If-None-Match | \"v1\" | true",
        "If-None-Match | \"v0\", W/\"v1\" | true",
        "If-None-Match | * | true",
        "If-None-Match | \"v0\" | false",
        "If-None-Match | v1 | false",
        "If-Modified-Since | Sun, 22 Nov 2026 10:00:00 GMT | true",
        "If-Modified-Since | Sun, 22 Nov 2026 09:59:59 GMT | false",
        "If-Modified-Since | yesterday | false",
        "Other | x | false"
      })
  void tellsWhoHasItAlready(String header, String value, boolean unchanged) {
    assertEquals(unchanged, Conditions.unchanged(one(header, value), ABOUT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"v1\" | true",
        "Sun, 22 Nov 2026 10:00:00 GMT | true",
        "\"v0\" | false",
        "W/\"v1\" | false"
      })
  void givesAPartOfTheSameVersionAlone(String condition, boolean part) {
    Map<String, String> headers = Map.of("Range", "bytes=1-2", "If-Range", condition);

    ByteRange range = Conditions.range(name -> Optional.ofNullable(headers.get(name)), ABOUT);

    assertEquals(part ? new ByteRange.Part(1, 2) : new ByteRange.Whole(), range);
  }

  private static java.util.function.Function<String, Optional<String>> one(
      String header, String value) {
    return name -> name.equals(header) ? Optional.of(value) : Optional.empty();
  }
}
