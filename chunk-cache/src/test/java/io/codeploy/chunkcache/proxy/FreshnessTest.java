package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x: y | 0",
        "Cache-Control: max-age=60 | 60",
        "Cache-Control: public, Max-Age=\"60\" | 60",
        "Cache-Control: max-age=60, s-maxage=5 | 5",
        "Cache-Control: max-age=60; Age: 50 | 10",
        "Cache-Control: max-age=60; Age: 70 | 0",
        "Cache-Control: no-cache, max-age=60 | 0",
        "Cache-Control: no-cache=\"x\", max-age=60 | 0",
        "Cache-Control: max-age=nonsense | 0",
        "Cache-Control: max-age=-1 | 0",
        "Cache-Control: max-age=9999999999 | 86400",
        "Cache-Control: max-age=99999999999999999999 | 0",
        "Expires: Sun, 22 Nov 2026 10:00:30 GMT; Date: Sun, 22 Nov 2026 10:00:00 GMT | 30",
        "Expires: Sun, 22 Nov 2026 10:00:30 GMT | 0",
        "Expires: 0; Date: Sun, 22 Nov 2026 10:00:00 GMT | 0",
        "Vary: Accept-Encoding; Cache-Control: max-age=1 | 1",
        "Content-Encoding: identity; Cache-Control: max-age=1 | 1"
      })
  void holdsForAsLongAsTheOriginSays(String headers, long seconds) {
    assertEquals(Optional.of(Duration.ofSeconds(seconds)), of(headers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: no-store",
        "Cache-Control: max-age=60, PRIVATE",
        "Cache-Control: private=\"x\"",
        "Vary: *",
        "Vary: Accept-Encoding, Cookie",
        "Set-Cookie: a=b",
        "Content-Encoding: gzip"
      })
  void keepsNothingThatIsForOneClientAlone(String headers) {
    assertEquals(Optional.empty(), of(headers));
  }

  @Test
  void takesNoTimeForAValidatorThatIsNotOverYet() {
    String changed = "Last-Modified: Sun, 22 Nov 2026 10:00:00 GMT; Date: Sun, 22 Nov 2026 10:00:0";

    assertEquals(Optional.empty(), validator(changed + "1 GMT"));
    assertEquals(Optional.of("Sun, 22 Nov 2026 10:00:00 GMT"), validator(changed + "2 GMT"));
    assertEquals(Optional.empty(), validator("ETag: W/\"a\""));
    assertEquals(Optional.of("\"a\""), validator("ETag: \"a\"; " + changed + "2 GMT"));
  }

  private static Optional<Duration> of(String headers) {
    return Freshness.of(name -> Optional.ofNullable(parse(headers).get(name)));
  }

  private static Optional<String> validator(String headers) {
    return Version.validator(name -> Optional.ofNullable(parse(headers).get(name)));
  }

  private static Map<String, String> parse(String headers) {
    Map<String, String> parsed = new HashMap<>();
    for (String header : headers.split("; ", -1)) {
      int colon = header.indexOf(": ");
      parsed.put(header.substring(0, colon), header.substring(colon + 2));
    }
    return parsed;
  }
}
