package io.codeploy.multicopy.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedTest {
  private static boolean covers(String asked, String path) {
    return new Asked(List.of("./first", asked))
        .covers(path, path.substring(path.lastIndexOf('/') + 1));
  }

  @ParameterizedTest
  @CsvSource({
    "./a, ./a",
    "./a/, ./a",
    "/, /",
    "./a\\*, ./a*",
    "./*, ./a",
    "./*/, ./a",
    "./log/*.gz, ./log/x.gz",
    "./a?b, ./axyb",
    "./[ab]x, ./ax",
    "./[]*]x, ./*x",
    "./[.]x, ./.x",
    "./.*, ./.x",
    "./a\\ b*, ./a bc",
    "./[a, ./[a",
    "./a[1], ./a[1]",
    "./a\\\\*, ./a\\x"
  })
  void takesWhatAPatternMayMean(String asked, String path) {
    assertEquals(true, covers(asked, path), asked);
  }

  @ParameterizedTest
  @CsvSource({
    "./a, ./b",
    "./a, ./a/b",
    "./a, a",
    "./*, ./.bashrc",
    "./?bashrc, ./.bashrc",
    "./*, ./a/b",
    "./*, ../a",
    "./*.gz, ./a.sh",
    "./log*, ./a",
    "./a*a, ./a",
    "./a/*, ./b/x",
    "./a\\*, ./ab"
  })
  void takesNothingElse(String asked, String path) {
    assertEquals(false, covers(asked, path), asked);
  }

  @ParameterizedTest
  @CsvSource({"./a, a, true", "./a, b, false", "./., home, true", "./.., home, true"})
  void takesTheLastNameOfAPathUnlessItHasNone(String asked, String name, boolean taken) {
    assertEquals(taken, new Asked(List.of(asked)).covers(asked, name));
  }
}
