package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
  private static final AllowList LIST =
      AllowList.parse(
          "mirror.example.org, *.Data.org,https://dl.example.org,https://dl.example.org:8443,"
              + "10.0.0.7:8080,[::1]:81,http://dl.example.org:8080");

  @ParameterizedTest
  @CsvSource({
    "/mirror.example.org/a/b?c=d, http://mirror.example.org:80/a/b?c=d",
    "/MIRROR.example.ORG:80/a, http://mirror.example.org:80/a",
    "/x.y.data.org/, http://x.y.data.org:80/",
    "/dl.example.org/f, https://dl.example.org:443/f",
    "/dl.example.org:8443/f, https://dl.example.org:8443/f",
    "/dl.example.org:8080/f, http://dl.example.org:8080/f",
    "/10.0.0.7:8080/f, http://10.0.0.7:8080/f",
    "/[::1]:81/f, http://[::1]:81/f"
  })
  void admitsWhatAnEntrySays(String target, String url) {
    assertEquals(Optional.of(url), admit(target).map(OriginUrl::text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/other.example.org/a",
        "/mirror.example.org:81/a",
        "/mirror.example.org.evil.com/a",
        "/evil-mirror.example.org/a",
        "/data.org/a",
        "/xdata.org/a",
        "/dl.example.org:80/f",
        "/10.0.0.7/f",
        "/10.0.0.8:8080/f",
        "/10.7:8080/f",
        "/167772167:8080/f",
        "/0x0a000007:8080/f",
        "/[::1]/f",
        "/[0:0:0:0:0:0:0:1]:81/f",
        "/localhost/f",
        "/127.0.0.1/f",
        "/169.254.169.254/latest/meta-data"
      })
  void admitsNothingElse(String target) {
    assertEquals(Optional.empty(), admit(target));
  }

  @Test
  void tellsNamesFromPatterns() {
    assertEquals(Optional.of(true), admit("/mirror.example.org/a").map(OriginUrl::named));
    assertEquals(Optional.of(false), admit("/x.data.org/a").map(OriginUrl::named));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.org",
        "*.10.0.0.7",
        "a,,b",
        "a..b",
        "*.*.org",
        "a*.org",
        "ftp://a.org",
        "a.org/path",
        "a.org:0",
        "a.org:65536",
        "me@a.org",
        "a.org ;rm",
        "a\nb"
      })
  void refusesEntriesThatSayTooMuchOrNothing(String entries) {
    assertThrows(IllegalArgumentException.class, () -> AllowList.parse(entries));
  }

  private static Optional<OriginUrl> admit(String target) {
    return LIST.admit(Target.parse(target).orElseThrow());
  }
}
