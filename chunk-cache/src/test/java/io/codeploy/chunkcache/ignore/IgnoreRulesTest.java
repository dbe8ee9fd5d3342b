package io.codeploy.chunkcache.ignore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
  private static final IgnoreRules RULES =
      IgnoreRules.of(
          List.of(
              new IgnorePatterns("", "!kept.log"),
              new IgnorePatterns("a/b/", "!*.log\ncache/"),
              new IgnorePatterns("", "*.log\n/top\n")));

  /** Lines have a comma between them; a path with a slash at its end is a directory. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          a;a;true
          a;d/a/;true
          a;a/x;none
          a/;a;none
          a/;d/a/;true
          a/;a/x/;none
          /a;a;true
          /a;d/a;none
          d/a;d/a;true
          d/a;e/d/a;none
          d/a;d\\a;none
          /d/*;d/;none
          /d/*;d/.keep;true
          /d/*,!/d/.keep;d/.keep;false
          *,!*/,!*.php;y;true
          *,!*/,!*.php;dir/;false
          *,!*/,!*.php;dir/x.txt;true
          *,!*/,!*.php;dir/x.php;false
          *.log,!keep/;keep/x.log;true
          a+b;a+b;true
          g++;g++;true
          g++;g;none
          ^a;^a;true
          ^a;a;none
          a|b;a;none
          a{b,c};ab;none
          (a.$;(a.$;true
          (a.$;(ab$;none
           a; a;true
           a;a;none
          a  ;a;true
          a\\ ;a ;true
          a\\  ;a ;true
          #a;#a;none
          \\#a;#a;true
          \\!a;!a;true
          !!a;!a;false
          \\a;a;true
          a\\;a;none
          a\\*;a*;true
          a\\*;ab;none
          *;.a;true
          a*c;ac;true
          a*c;abbc;true
          a*c;acb;none
          a*b*c;abc;true
          a*b*c;acb;none
          ?;\uD83D\uDE00;true
          ??;\uD83D\uDE00;none
          A;a;none
          [ab];b;true
          [ab];c;none
          [!ab];c;true
          [^ab];a;none
          [a-c]x;bx;true
          [a-];-;true
          [c-a];c;true
          []a];];true
          [\\]a];];true
          [a\\-z];m;none
          [[:digit:]-z];-;true
          [[:digit:]-z];5;true
          [[:upper:]];a;none
          [[:nope:]];a;none
          [[:];:;true
          [;[;none
          [a;[a;none
          \\[;[;true
          d/[!x]/a;d/y/a;true
          d[/]a;d/a;none
          **/a;a;true
          **/a;d/e/a;true
          d/**;d/;none
          d/**;d/e/a;true
          d/**/a;d/a;true
          d/**/a;d/e/f/a;true
          d/**/e/**/a;d/x/e/y/z/a;true
          d/**/e/**/a;d/x/y/z/a;none
          d/**a;d/ba;true
          d/**a;d/b/a;none
          **;d/a;true
          /;a;none
          //a;a;none
          """)
  void meanWhatGitDoes(String lines, String path, String verdict) {
    boolean directory = path.endsWith("/");
    IgnorePatterns patterns = new IgnorePatterns("", lines.replace(',', '\n'));

    assertEquals(
        verdict,
        IgnoreRules.of(List.of(patterns))
            .verdict(directory ? path.substring(0, path.length() - 1) : path, directory)
            .map(String::valueOf)
            .orElse("none"));
  }

  @Test
  void matchNamesWithLineBreaks() {
    IgnoreRules rules = IgnoreRules.of(List.of(new IgnorePatterns("", "a?b\r\n[!x].tmp\n")));

    for (String path : List.of("a\nb", "a\rb", "a\u0085b", "a\u2028b", "a\u2029b")) {
      assertEquals(Optional.of(true), rules.verdict(path, false));
    }
    assertEquals(Optional.of(true), rules.verdict("\r.tmp", false));
  }

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
  void areAboutADirectoryWhosePathEndsWithASlash() {
    assertThrows(IllegalArgumentException.class, () -> new IgnorePatterns("a", "x"));
  }

  @Test
  void meanTheSameCondensed() {
    assertEquals(
        new IgnorePatterns("a/", "x\n!y\r\n\\#z\n\t"),
        new IgnorePatterns("a/", "# what\r\n\nx\n   \n!y\r\n[\n\\#z\n\t\n").condensed());
  }
}
