package io.codeploy.multiquery.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnifiedDiffTest {
  private static List<String> lines(String letters) {
    return letters.chars().mapToObj(c -> (char) c + "\n").toList();
  }

  private static String diff(String before, String after) {
    return String.join("\n", UnifiedDiff.of(lines(before), lines(after)));
  }

  @Test
  void saysNothingOfWhatIsEqual() {
    assertEquals("", diff("", ""));
    assertEquals("", diff("abc", "abc"));
  }

  @Test
  void showsThreeLinesAround() {
    assertEquals(
        "@@ -3,7 +3,7 @@\n c\n d\n e\n-f\n+X\n g\n h\n i", diff("abcdefghij", "abcdeXghij"));
  }

  @Test
  void putsChangesApartIntoHunksOfTheirOwn() {
    assertEquals(
        "@@ -1,4 +1,3 @@\n-a\n b\n c\n d\n@@ -6,3 +5,4 @@\n f\n g\n h\n+Z",
        diff("abcdefgh", "bcdefghZ"));
  }

  @Test
  void joinsChangesWhoseSurroundingsTouch() {
    assertEquals(
        "@@ -1,8 +1,8 @@\n-a\n+A\n b\n c\n d\n e\n f\n g\n-h\n+H", diff("abcdefgh", "AbcdefgH"));
  }

  @Test
  void comparesWithNothing() {
    assertEquals("@@ -0,0 +1,2 @@\n+a\n+b", diff("", "ab"));
    assertEquals("@@ -1 +0,0 @@\n-a", diff("a", ""));
  }

  @Test
  void tellsOfAMissingNewline() {
    assertEquals(
        List.of("@@ -1 +1 @@", "-a", "+a", "\\ No newline at end of output"),
        UnifiedDiff.of(List.of("a\n"), List.of("a")));
  }

  @ParameterizedTest
  @CsvSource({"1,2", "2,2", "3,3", "4,5", "5,26", "6,2", "7,4"})
  void findsTheFewestEditsThatMakeOneTheOther(long seed, int alphabet) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<String> before = words(random, alphabet);
      List<String> after = words(random, alphabet);

      List<Change> changes = LineDiff.between(before, after);

      assertEquals(after, applied(changes, before, after));
      int edits =
          changes.stream().mapToInt(c -> c.oldTo() - c.oldFrom() + c.newTo() - c.newFrom()).sum();
      assertEquals(before.size() + after.size() - 2 * common(before, after), edits);
    }
  }

  private static List<String> words(Random random, int alphabet) {
    return IntStream.range(0, random.nextInt(30))
        .mapToObj(i -> (char) ('a' + random.nextInt(alphabet)) + "\n")
        .toList();
  }

  private static List<String> applied(
      List<Change> changes, List<String> before, List<String> after) {
    List<String> result = new ArrayList<>();
    int at = 0;
    for (Change change : changes) {
      assertTrue(change.oldFrom() >= at, "in order");
      result.addAll(before.subList(at, change.oldFrom()));
      assertEquals(result.size(), change.newFrom());
      result.addAll(after.subList(change.newFrom(), change.newTo()));
      at = change.oldTo();
    }
    result.addAll(before.subList(at, before.size()));
    return result;
  }

  /** Length of the longest common subsequence, by the table. */
  private static int common(List<String> a, List<String> b) {
    int[][] best = new int[a.size() + 1][b.size() + 1];
    for (int i = 1; i <= a.size(); i++) {
      for (int j = 1; j <= b.size(); j++) {
        best[i][j] =
            a.get(i - 1).equals(b.get(j - 1))
                ? best[i - 1][j - 1] + 1
                : Math.max(best[i - 1][j], best[i][j - 1]);
      }
    }
    return best[a.size()][b.size()];
  }

  @Test
  void replacesWhatIsAltogetherDifferent() {
    List<String> before = new ArrayList<>(Collections.nCopies(300_000, "old\n"));
    List<String> after = new ArrayList<>(Collections.nCopies(200_000, "new\n"));
    before.addFirst("head\n");
    after.addFirst("head\n");

    assertEquals(List.of(new Change(1, 300_001, 1, 200_001)), LineDiff.between(before, after));
  }
}
