package io.codeploy.multicopy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundTest {
  @Test
  void readsWhatFindSays() {
    assertEquals(
        Optional.of(
            new Found(Found.Kind.FILE, 0640, 12, 1_081_944_000, 123_456_789, Optional.of(""))),
        Found.parse("f 640 12 1081944000.1234567890", ""));
    assertEquals(
        Optional.of(new Found(Found.Kind.DIRECTORY, 0755, 4096, 5, 500_000_000, Optional.of(""))),
        Found.parse("d 755 4096 5.5", ""));
    assertEquals(
        Optional.of(new Found(Found.Kind.LINK, 0777, 3, 5, 0, Optional.of("to\nit"))),
        Found.parse("l 777 3 5.0000000000", "to\nit"));
    assertEquals(Optional.of(Found.Kind.OTHER), Found.parse("pp 644 0 5.0", "").map(Found::kind));
  }

  @Test
  void readsWhatStatSaysWhichTellsNoLink() {
    assertEquals(
        Optional.of(new Found(Found.Kind.FILE, 0644, 10, 1_081_944_000, 0, Optional.empty())),
        Found.parse("x81a4 0 10 1081944000", ""));
    assertEquals(
        Optional.of(Found.Kind.DIRECTORY), Found.parse("x41ed 0 1 5", "").map(Found::kind));
    assertEquals(
        Optional.of(new Found(Found.Kind.LINK, 0777, 1, 5, 0, Optional.empty())),
        Found.parse("xa1ff 0 1 5", "text"));
    assertEquals(Optional.of(Found.Kind.OTHER), Found.parse("x21b6 0 1 5", "").map(Found::kind));
  }

  @Test
  void readsAllBitsOfModesAndLeavesSomeOutWhenTold() {
    assertEquals(Optional.of(04755), Found.parse("f 4755 1 5", "").map(Found::mode));
    assertEquals(Optional.of(01777), Found.parse("x43ff 0 1 5", "").map(Found::mode));
    assertEquals(Optional.of(0755), Found.parse("f 4755 1 5", "").map(f -> f.masked(0777).mode()));
  }

  @Test
  void readsTimesBefore1970() {
    assertEquals(Optional.of(-5L), Found.parse("f 644 1 -5.25", "").map(Found::seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ff",
        "f 644 12",
        " 644 12 5",
        "f 644 12 5 6",
        "f 999 12 5",
        "f 644 x 5",
        "f 644 12 .5",
        "xzz 0 1 5",
        "f 644 99999999999999999999 5",
        "f 644 -1 5",
        "f 644 1 9223372036854775807",
        "f 644 1 -9223372036854775808.5",
        "f 644 1 5.x"
      })
  void isNothingForAnythingElse(String facts) {
    assertEquals(Optional.empty(), Found.parse(facts, ""));
  }
}
