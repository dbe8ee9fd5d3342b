package io.codeploy.multicopy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Exclusion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExtrasTest {
  private static Extras of(Exclusion exclusion, String... names) {
    Extras extras = new Extras("tree", exclusion);
    for (String name : names) {
      boolean directory = name.endsWith("/");
      extras.found(
          directory ? name.substring(0, name.length() - 1) : name,
          new Found(
              directory ? Found.Kind.DIRECTORY : Found.Kind.FILE, 0755, 1, 1, 0, Optional.empty()));
    }
    return extras;
  }

  @Test
  void removesADirectoryWithAllBelowAtOnce() {
    assertEquals(
        Map.of("", List.of("a", "b"), "there", List.of("there/c")),
        of(Exclusion.none(), "a/", "a/x/", "a/x/y", "b", "there/c").removals());
  }

  @Test
  void doesNotMindTheOrder() {
    assertEquals(Map.of("", List.of("a")), of(Exclusion.none(), "a/x/y", "a/x/", "a/").removals());
  }

  @Test
  void keepsWhatIsExcludedWithTheDirectoriesThatItIsIn() {
    Exclusion logs = Exclusion.of(List.of("*.log", "/cache/"));

    assertEquals(
        Map.of("a", List.of("a/y"), "a/x", List.of("a/x/gone")),
        of(logs, "a/", "a/x/", "a/x/1.log", "a/x/gone", "a/y", "cache/", "cache/z").removals());
  }

  @Test
  void keepsStagesOfOtherCopies() {
    assertEquals(
        Map.of("d", List.of("d/y")),
        of(Exclusion.none(), "d/", "d/.multicopy-1.2.host/", "d/.multicopy-1.2.host/t", "d/y")
            .removals());
  }

  @Test
  void aNameThatOnlyBeginsLikeAKeptOneGoes() {
    assertEquals(
        Map.of("", List.of("ab", "a.b")),
        of(Exclusion.of(List.of("x")), "a/", "a/x", "ab/", "ab/y", "a.b").removals());
  }
}
