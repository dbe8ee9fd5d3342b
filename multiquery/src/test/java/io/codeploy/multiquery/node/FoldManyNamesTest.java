package io.codeploy.multiquery.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names by the thousand: what is folded means the same nodes again. */
class FoldManyNamesTest {
  @Test
  void foldsTenThousandNamesIntoAWord() {
    List<String> names =
        new ArrayList<>(IntStream.range(0, 10_000).mapToObj("n%05d.example"::formatted).toList());
    Collections.shuffle(names, new Random(1));
    assertEquals("n[00000-09999].example", NodeNames.fold(names));

    names.removeIf(name -> name.startsWith("n005") || name.equals("n09998.example"));
    assertEquals("n[00000-00499,00600-09997,09999].example", NodeNames.fold(names));
  }

  @Test
  void foldsRacksEachByItself() {
    List<String> names =
        IntStream.range(0, 10_000).mapToObj(i -> "r%d-n%d".formatted(i / 1000, i % 1000)).toList();
    // The first number of a name is the one that is folded.
    String folded = NodeNames.fold(names);
    assertEquals(1000, folded.split(",", -1).length);
    assertEquals(names.size(), expanded(folded).size());
    assertEquals(new HashSet<>(names), expanded(folded));
  }

  @Test
  void losesNoIrregularName() {
    Random random = new Random(7);
    Set<String> names = new HashSet<>();
    while (names.size() < 10_000) {
      String stem = "abcdefgh".substring(random.nextInt(4), 4 + random.nextInt(4));
      int number = random.nextInt(5000);
      names.add(
          switch (random.nextInt(4)) {
            case 0 -> stem + number;
            case 1 -> stem + "%04d".formatted(number);
            case 2 -> stem + number + ".x" + random.nextInt(3);
            default -> "10.0." + random.nextInt(20) + "." + random.nextInt(255);
          });
    }
    assertEquals(names, expanded(NodeNames.fold(names)));
  }

  /** What took a time that grows with the square of their number would take minutes. */
  @Test
  void foldsTwoHundredThousandNamesThatHaveNothingInCommon() {
    Random random = new Random(8);
    Set<String> names = new HashSet<>();
    while (names.size() < 200_000) {
      names.add(Long.toString(random.nextLong() >>> 1, 36) + random.nextInt(100) + "x");
    }
    assertEquals(names, Set.of(NodeNames.fold(List.copyOf(names)).split(",", -1)));
  }

  /** Takes a folded word apart by means of its own. */
  private static Set<String> expanded(String folded) {
    Set<String> names = new HashSet<>();
    for (String word : folded.split(",(?![^\\[]*\\])", -1)) {
      int open = word.indexOf('[');
      if (open < 0) {
        names.add(word);
        continue;
      }
      int close = word.indexOf(']');
      for (String run : word.substring(open + 1, close).split(",", -1)) {
        String[] ends = run.split("-", -1);
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        boolean padded = ends[0].startsWith("0") && ends[0].length() > 1;
        for (int i = first; i <= last; i++) {
          String digits = padded ? ("%0" + ends[0].length() + "d").formatted(i) : "" + i;
          names.add(word.substring(0, open) + digits + word.substring(close + 1));
        }
      }
    }
    return names;
  }
}
