package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @Test
  void readsHostPortAndPath() {
    assertEquals(
        Optional.of(new Target("a.example", OptionalInt.of(8080), "/~me/x%20y/..z/a.b?q=/../")),
        Target.parse("/A.example:8080/~me/x%20y/..z/a.b?q=/../"));
    assertEquals(
        Optional.of(new Target("[2001:db8::1]", OptionalInt.empty(), "/")),
        Target.parse("/[2001:DB8::1]/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "a.example/x",
        "/a.example",
        "/a.example?x",
        "//a.example/x",
        "/http://a.example/x",
        "/me@a.example/x",
        "/me:pw@a.example/x",
        "/a%2eexample/x",
        "/a.example%00.evil/x",
        "/a..example/x",
        "/a.example./x",
        "/.a.example/x",
        "/-a.example/x",
        "/a.example:/x",
        "/a.example:0/x",
        "/a.example:080/x",
        "/a.example:65536/x",
        "/a.example:80:80/x",
        "/[::1/x",
        "/::1/x",
        "/ä.example/x",
        "/a.example/../b.example/x",
        "/a.example/x/..",
        "/a.example/./x",
        "/a.example/%2e%2E/x",
        "/a.example/.%2e/x",
        "/a.example/..;/x",
        "/a.example/x%2fy",
        "/a.example/x%5cy",
        "/a.example/x%00",
        "/a.example/x%",
        "/a.example/x%2",
        "/a.example/x y",
        "/a.example/x\\y",
        "/a.example/x#y",
        "/a.example/x\r\nHost: b",
        "/a.example/x\u0000",
        "/a.example/ä"
      })
  void refusesWhatCouldBeReadInTwoWays(String text) {
    assertEquals(Optional.empty(), Target.parse(text));
  }

  @Test
  void refusesWhatIsEndless() {
    assertEquals(Optional.empty(), Target.parse("/a/" + "x".repeat(Target.MAX_LENGTH)));
    assertEquals(Optional.empty(), Target.parse("/" + "a.".repeat(200) + "a/x"));
    assertEquals(Optional.empty(), Target.parse("/" + "a".repeat(64) + ".example/x"));
    assertEquals(Optional.empty(), Target.parse("/a." + "b".repeat(64) + "/x"));
  }

  @Test
  void readsLabelsAsLongAsNamesMayHave() {
    String host = "a".repeat(63) + "." + "b".repeat(63);

    assertEquals(
        Optional.of(new Target(host, OptionalInt.empty(), "/x")), Target.parse("/" + host + "/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:3125/a.example/x, /a.example/x, true",
    "http://localhost/a.example/x, /a.example/x, true",
    "HTTP://[::1]:9/a.example/x, /a.example/x, true",
    "http://127.0.0.1:3125, /, true",
    "http://a.example/x, /a.example/x, false",
    "http://127.0.0.1.evil.example:3125/a.example/x, /127.0.0.1.evil.example:3125/a.example/x, false",
    "http://me@127.0.0.1/x, /me@127.0.0.1/x, false",
    "https://a.example/x, '', false",
    "ftp://a.example/x, '', false"
  })
  void takesBothWaysToAsk(String uri, String target, boolean asPath) {
    assertEquals(new Asked(target, asPath), Asked.of(uri));
  }
}
