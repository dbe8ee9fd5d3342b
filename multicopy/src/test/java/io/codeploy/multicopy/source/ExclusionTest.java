package io.codeploy.multicopy.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExclusionTest {
  @ParameterizedTest
  @CsvSource({
    // Without a slash: the last name, wherever it is, that of the source too.
    "*.o, src/a.o, true",
    "*.o, src/deep/er/a.o, true",
    "*.o, a.o, true",
    "*.o, src/a.o/b, false",
    "*.o, src/a.oo, false",
    "name, src/name, true",
    "name, name, true",
    "name, src/a name, false",
    "name, src/names, false",
    // At the top of the source.
    "/build, src/build, true",
    "/build, src/deep/build, false",
    "/build, build, false",
    "/*/build, src/deep/build, true",
    "/a/b, src/a/b, true",
    "/a/b, src/x/a/b, false",
    // With a slash: the end of the path, from some name on.
    "a/b, src/a/b, true",
    "a/b, src/x/a/b, true",
    "a/b, src/xa/b, false",
    "a/b, src/a/b/c, false",
    "src/b, src/b, true",
    "a/*, src/a/b, true",
    "a/*, src/a/b/c, false",
    "a/**, src/a/b/c, true",
    "a/**/z, src/a/b/c/z, true",
    "a/**/z, src/a/z, false",
    "**/z, src/z, true",
    "/**/z, src/b/c/z, true",
    "a**z, src/a/b/z, true",
    "a*z, src/abcz, true",
    "a*z, src/az, true",
    "a*z, src/a/z, false",
    // One byte.
    "a?c, src/abc, true",
    "a?c, src/ac, false",
    "a?c, src/a/c, false",
    "[a-c]x, src/bx, true",
    "[a-c]x, src/dx, false",
    "[!a-c]x, src/dx, true",
    "[^a-c]x, src/ax, false",
    "[]x]y, src/]y, true",
    "[a-]y, src/-y, true",
    // A backslash means something only where something could be meant.
    "a\\*b, src/a*b, true",
    "a\\*b, src/axb, false",
    "a\\b, src/a\\b, true",
    "- *.o, src/a.o, true",
    "-rf, src/-rf, true",
    "' blank ', 'src/ blank ', true",
  })
  void followsThePattern(String pattern, String path, boolean excluded) {
    assertEquals(excluded, Exclusion.of(List.of(pattern)).excludes(path, false));
  }

  @Test
  void takesASlashAtTheEndForDirectories() {
    Exclusion exclusion = Exclusion.of(List.of("build/", "/out/", "x/***"));

    assertTrue(exclusion.excludes("src/build", true));
    assertFalse(exclusion.excludes("src/build", false));
    assertTrue(exclusion.excludes("src/out", true));
    assertFalse(exclusion.excludes("src/a/out", true));
    assertTrue(exclusion.excludes("src/a/x", true));
    assertFalse(exclusion.excludes("src/a/x", false));
  }

  @Test
  void coversWhatIsInAnExcludedDirectory() {
    Exclusion exclusion = Exclusion.of(List.of("build/"));

    assertTrue(exclusion.covers("src/build/a/b", false));
    assertTrue(exclusion.covers("build/a", false));
    assertFalse(exclusion.covers("src/a/build", false));
    assertFalse(exclusion.excludes("src/build/a/b", false));
    assertFalse(Exclusion.none().covers("a/b", false));
  }

  @Test
  void matchesBytesThatAreNoText() {
    Exclusion exclusion = Exclusion.of(List.of("x?\u00ff", Wire.of("grüße*")));

    assertTrue(exclusion.excludes("src/x\u0080\u00ff", false));
    assertTrue(exclusion.excludes(Wire.of("src/grüße und\nmehr"), false));
    assertFalse(exclusion.excludes("src/x\u0080", false));
  }

  @Test
  void isQuickWithANameThatIsMadeToBeSlow() {
    Exclusion exclusion = Exclusion.of(List.of("*a".repeat(50) + "b", "**a*".repeat(50) + "b"));

    assertFalse(exclusion.excludes("a".repeat(4000), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "[a", "[]", "+ a", "!", "- "})
  void refusesWhatItCannotRead(String pattern) {
    var e =
        assertThrows(IllegalArgumentException.class, () -> Exclusion.of(List.of("good", pattern)));

    assertTrue(String.valueOf(e.getMessage()).startsWith("\"" + pattern + "\": "), e.getMessage());
  }

  @Test
  void readsAFileOfPatterns() {
    assertEquals(
        List.of("*.o", "- x", " y ", "\u00ff"),
        Exclusion.lines("# objects\n*.o\n\n; more\r\n- x\r\n y \n\u00ff"));
  }
}
