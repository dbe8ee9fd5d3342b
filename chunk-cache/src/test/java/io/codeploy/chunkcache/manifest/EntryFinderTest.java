package io.codeploy.chunkcache.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryFinderTest {
  private final Manifest manifest = Trees.random(3, 500);

  @Test
  void findsEveryEntryInAnyOrder() {
    List<Entry> shuffled = new ArrayList<>(manifest.entries());
    Collections.shuffle(shuffled, new Random(4));

    assertFinds(manifest.entries());
    assertFinds(manifest.entries().reversed());
    assertFinds(shuffled);
  }

  @Test
  void findsNothingThatIsNotThere() {
    EntryFinder finder = EntryFinder.of(Optional.of(manifest));

    for (Entry entry : manifest.entries()) {
      assertEquals(Optional.empty(), finder.find(new RelativePath(entry.path() + "\u0001")));
      assertEquals(Optional.of(entry), finder.find(entry.path()));
    }
    assertEquals(Optional.empty(), finder.find(new RelativePath("\u0001")));
    assertEquals(Optional.empty(), finder.find(new RelativePath("\uD83D\uDE00")));
  }

  @Test
  void findsNothingWithoutAManifest() {
    EntryFinder finder = EntryFinder.of(Optional.empty());

    assertEquals(Optional.empty(), finder.find(new RelativePath("f")));
  }

  private void assertFinds(List<Entry> entries) {
    EntryFinder finder = EntryFinder.of(Optional.of(manifest));
    for (Entry entry : entries) {
      assertEquals(Optional.of(entry), finder.find(entry.path()));
    }
  }
}
