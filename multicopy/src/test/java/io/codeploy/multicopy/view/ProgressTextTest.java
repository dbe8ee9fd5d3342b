package io.codeploy.multicopy.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multicopy.view.Standing.Copying;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTextTest {
  private static final OptionalLong FAST = OptionalLong.of(210_000_000);
  private static final Amount ALL = new Amount(40, 100_000_000);

  private static Copying copying(String name, int percent) {
    return new Copying(
        name, new Amount(40L * percent / 100, percent * 1_000_000L), Optional.of(ALL));
  }

  private static Standing standing(boolean estimated, List<Copying> running) {
    return new Standing(
        50,
        12,
        3,
        new Amount(480, 1_236_000_000),
        new Amount(2000, 5_000_000_000L),
        estimated,
        1_300_000_000,
        running);
  }

  private static final List<Copying> THREE =
      List.of(
          copying("n09", 80),
          copying("n07", 12),
          new Copying("n10", Amount.NONE, Optional.empty()));

  @Test
  void tellsAllInALine() {
    assertEquals(
        "12/50 nodes, 3 failed, 1.2 GB of ~5.0 GB, 210.0 MB/s, 18 s left, n07 at 12 %",
        ProgressText.line(standing(true, THREE), FAST, 79));
  }

  @Test
  void leavesOutWhatALineHasNoRoomFor() {
    assertEquals(
        "12/50 nodes, 3 failed, 1.2 GB of ~5.0 GB",
        ProgressText.line(standing(true, THREE), FAST, 45));
  }

  @Test
  void tellsOfARunThatHasNotBegunToCopy() {
    Standing begin =
        new Standing(
            2,
            0,
            0,
            Amount.NONE,
            Amount.NONE,
            false,
            0,
            List.of(new Copying("n1", Amount.NONE, Optional.empty())));

    assertEquals("0/2 nodes, 0 B of 0 B", ProgressText.line(begin, OptionalLong.empty(), 79));
    assertEquals(
        List.of("0 of 2 nodes done, 0 B of 0 B, 0 of 0 files", "  n1: being looked at"),
        ProgressText.lines(begin, OptionalLong.empty()));
  }

  @Test
  void tellsOfNodesThoseFurthestBehindFirst() {
    assertEquals(
        List.of(
            "12 of 50 nodes done, 3 failed, 1.2 GB of 5.0 GB, 210.0 MB/s, 18 s left,"
                + " 480 of 2,000 files",
            "  n10: being looked at",
            "  n07: 12.0 MB of 100.0 MB, 4 of 40 files",
            "  n09: 80.0 MB of 100.0 MB, 32 of 40 files"),
        ProgressText.lines(standing(false, THREE), FAST));
  }

  @Test
  void tellsOfTenNodesAtTheMost() {
    List<Copying> many = IntStream.range(0, 12).mapToObj(i -> copying("n" + i, 5 * i)).toList();

    List<String> lines = ProgressText.lines(standing(false, many), FAST);

    assertEquals(12, lines.size());
    assertEquals("  n9: 45.0 MB of 100.0 MB, 18 of 40 files", lines.get(10));
    assertEquals("  and 2 nodes further on", lines.get(11));
  }

  @Test
  void tellsLongTimesInMinutesAndHours() {
    assertEquals(
        "12/50 nodes, 3 failed, 1.2 GB of 5.0 GB, 10.0 MB/s, 6:17 min left",
        ProgressText.line(standing(false, List.of()), OptionalLong.of(10_000_000), 79));
    assertEquals(
        "12/50 nodes, 3 failed, 1.2 GB of 5.0 GB, 500.0 kB/s, 2:05 h left",
        ProgressText.line(standing(false, List.of()), OptionalLong.of(500_000), 79));
  }
}
