package io.codeploy.chunkcache.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackPlannerTest {
  @Test
  void plansNothingForNothing() {
    assertEquals(List.of(), PackPlanner.plan(List.of()));
  }

  @Test
  void endsAPackWhereTheDigestSaysSo() {
    PackMember neverEnds = new PackMember(new Digest(0, 0, 0, 0x1f_ffffL), 100_000);
    PackMember ends = new PackMember(new Digest(0, 0, 0, 99_999), 100_000);
    PackMember endsNotQuite = new PackMember(new Digest(0, 0, 0, 100_000), 100_000);

    List<Pack> packs =
        PackPlanner.plan(List.of(neverEnds, ends, endsNotQuite, neverEnds, ends, ends));

    assertEquals(
        List.of(new Pack(0, 2, 200_000), new Pack(2, 5, 300_000), new Pack(5, 6, 100_000)), packs);
  }

  @Test
  void neverExceedsTheLongestPack() {
    PackMember neverEnds = new PackMember(new Digest(0, 0, 0, 0x1f_ffffL), 131_071);
    List<PackMember> members = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      members.add(neverEnds);
    }

    List<Pack> packs = PackPlanner.plan(members);

    assertEquals(
        List.of(
            new Pack(0, 64, 64 * 131_071),
            new Pack(64, 128, 64 * 131_071),
            new Pack(128, 130, 2 * 131_071)),
        packs);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 4_000, 131_071})
  void makesPacksOfAboutTwoMebibytesWhateverTheSizes(int maxSize) {
    Random random = new Random(maxSize);
    List<PackMember> members = new ArrayList<>();
    long bytes = 0;
    while (bytes < 400L << 20 && members.size() < 1_000_000) {
      members.add(member("m" + members.size(), 1 + random.nextInt(maxSize)));
      bytes += members.getLast().size();
    }

    double average = (double) bytes / PackPlanner.plan(members).size();

    assertTrue(average > 1.5e6 && average < 2.8e6, "average " + average);
  }

  @Test
  void putsEveryMemberIntoExactlyOnePack() {
    List<PackMember> members = members(5000);

    int next = 0;
    for (Pack pack : PackPlanner.plan(members)) {
      assertEquals(next, pack.from());
      int length =
          members.subList(pack.from(), pack.to()).stream().mapToInt(PackMember::size).sum();
      assertEquals(length, pack.length());
      next = pack.to();
    }
    assertEquals(members.size(), next);
  }

  @Test
  void changesOnePackForOneFile() {
    List<PackMember> before = members(2000);
    Set<List<PackMember>> known = contents(before);
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      List<PackMember> after = new ArrayList<>(before);
      after.add(random.nextInt(before.size()), member("new " + i, 5_000));

      Set<List<PackMember>> changed = contents(after);
      changed.removeAll(known);

      // Two where the new file ends a pack itself.
      assertTrue(changed.size() <= 2, changed.size() + " packs changed");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 131_072})
  void refusesAMemberThatIsNotPacked(int size) {
    assertThrows(IllegalArgumentException.class, () -> member("m", size));
  }

  private static Set<List<PackMember>> contents(List<PackMember> members) {
    Set<List<PackMember>> contents = new HashSet<>();
    PackPlanner.plan(members)
        .forEach(pack -> contents.add(members.subList(pack.from(), pack.to())));
    return contents;
  }

  private static List<PackMember> members(int count) {
    Random random = new Random(count);
    List<PackMember> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(member("m" + i, 1 + random.nextInt(60_000)));
    }
    return members;
  }

  private static PackMember member(String name, int size) {
    return new PackMember(Digest.of(name.getBytes(StandardCharsets.UTF_8)), size);
  }
}
