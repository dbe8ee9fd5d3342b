package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangePlanTest {
  private static final int MIB = RangePlan.RANGE_BYTES;

  @ParameterizedTest
  @ValueSource(longs = {1, MIB - 1, MIB, MIB + 1, 3L * MIB, 3L * MIB + 7})
  void coversTheFileWithoutGapsOrOverlaps(long length) {
    RangePlan plan = new RangePlan(length);

    long sum = LongStream.range(0, plan.count()).map(plan::bytes).sum();

    assertEquals(length, sum);
    for (long i = 0; i < plan.count(); i++) {
      assertEquals(i == 0 ? 0 : plan.last(i - 1) + 1, plan.first(i));
      assertEquals(i, plan.indexAt(plan.first(i)));
      assertEquals(i, plan.indexAt(plan.last(i)));
    }
  }

  @Test
  void hasNoRangesBeyondTheFile() {
    RangePlan plan = new RangePlan(MIB + 1);

    assertEquals(2, plan.count());
    assertThrows(IndexOutOfBoundsException.class, () -> plan.bytes(2));
    assertThrows(IndexOutOfBoundsException.class, () -> plan.bytes(-1));
    assertThrows(IllegalArgumentException.class, () -> new RangePlan(0));
  }

  @Test
  void countsFilesThatNoDiskHolds() {
    RangePlan plan = new RangePlan(Long.MAX_VALUE);

    assertEquals(MIB - 1, plan.bytes(plan.count() - 1));
    assertEquals(Long.MAX_VALUE - 1, plan.last(plan.count() - 1));
  }
}
