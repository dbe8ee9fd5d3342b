package io.codeploy.multicopy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multicopy.source.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static String shown(String wire) {
    return new Change(Change.Kind.SEND, 5, wire).line();
  }

  @Test
  void isALineWhateverTheNameIs() {
    assertEquals("+ 5 a b ", shown("a b "));
    assertEquals("+ 5 grüße 日本 😀", shown(Wire.of("grüße 日本 😀")));
    assertEquals("+ 5 a\\nb\\\\n\\015\\033[31m\\177", shown("a\nb\\n\r\u001b[31m\u007f"));
    assertEquals("+ 5 \\377x\\303", shown("\u00ffx\u00c3"));
    assertEquals("+ 5 \\302\\205", shown(Wire.of("\u0085")));
    assertEquals("+ 5 \\360\\237a", shown("\u00f0\u009fa"));
  }

  @Test
  void hasASignForEachKind() {
    assertEquals("~ 1 x", new Change(Change.Kind.REPLACE, 1, "x").line());
    assertEquals("= 0 x/", new Change(Change.Kind.SET, 0, "x/").line());
    assertEquals("- 2 x", new Change(Change.Kind.DELETE, 2, "x").line());
  }

  @Test
  void aPlanEndsWithWhatStays() {
    Change change = new Change(Change.Kind.SEND, 3, "a");

    assertEquals("+ 3 a\n. 7 unchanged\n", new Plan(List.of(change), 7).text());
    assertEquals(". 0 unchanged\n", new Plan(List.of(), 0).text());
  }
}
