package io.codeploy.chunkcache.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IgnoreRulesTest {
  private static final IgnoreRules RULES =
      IgnoreRules.of(
          List.of(
              new IgnorePatterns("", "!kept.log"),
              new IgnorePatterns("a/b/", "!*.log\ncache/"),
              new IgnorePatterns("", "*.log\n/top\n")));

  @Test
  void letTheFirstPatternsDecideThatSayAnything() {
    assertEquals(Optional.of(false), RULES.verdict("kept.log", false));
    assertEquals(Optional.of(false), RULES.verdict("a/b/x.log", false));
    assertEquals(Optional.of(true), RULES.verdict("a/x.log", false));
    assertEquals(Optional.empty(), RULES.verdict("a/x", false));
  }

  @Test
  void tieAPatternToItsDirectory() {
    assertEquals(Optional.of(true), RULES.verdict("top", false));
    assertEquals(Optional.empty(), RULES.verdict("a/top", false));
    assertEquals(Optional.of(true), RULES.verdict("a/b/c/cache", true));
    assertEquals(Optional.empty(), RULES.verdict("a/b/c/cache", false));
    assertEquals(Optional.empty(), RULES.verdict("a/cache", true));
  }

  @Test
  void sayNothingWhereThereAreNone() {
    assertTrue(IgnoreRules.NONE.isEmpty());
    assertEquals(Optional.empty(), IgnoreRules.NONE.verdict("a", true));
    assertEquals(
        Optional.of(true), IgnoreRules.NONE.after(new IgnorePatterns("", "a")).verdict("a", true));
  }

  @Test
  void refuseWhatIsNotTheirSyntax() {
    assertThrows(
        IllegalArgumentException.class, () -> IgnoreRules.of(List.of(new IgnorePatterns("", "["))));
    assertThrows(IllegalArgumentException.class, () -> new IgnorePatterns("a", "x"));
  }

  @Test
  void meanTheSameCondensed() {
    assertEquals(
        new IgnorePatterns("a/", "x\n!y\n\\#z"),
        new IgnorePatterns("a/", "# what\r\n\nx\n   \n!y\r\n\\#z\n").condensed());
  }
}
