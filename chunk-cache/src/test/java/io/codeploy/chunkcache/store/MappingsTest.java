package io.codeploy.chunkcache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MappingsTest {
  private final Mappings mappings = new Mappings();
  private final ByteBuffer eightMebibytes = ByteBuffer.allocate(8 << 20);

  @Test
  void keepsTheBuffersThatWereAskedForLast() {
    for (long stamp = 0; stamp < 4; stamp++) {
      mappings.put(stamp, eightMebibytes);
    }
    mappings.get(0);

    mappings.put(4, eightMebibytes);
    mappings.put(4, eightMebibytes);

    List<Boolean> kept =
        LongStream.range(0, 5).mapToObj(stamp -> mappings.get(stamp).isPresent()).toList();
    assertEquals(List.of(true, false, true, true, true), kept);
  }

  @Test
  void givesEachCallerABufferOfItsOwn() {
    mappings.put(1, eightMebibytes);

    assertNotSame(mappings.get(1).orElseThrow(), mappings.get(1).orElseThrow());
    assertEquals(Optional.empty(), mappings.get(2));
  }

  @Test
  void makesRoomForAsMuchAsEverOnceCleared() {
    LongStream.range(0, 4).forEach(stamp -> mappings.put(stamp, eightMebibytes));

    mappings.clear();
    boolean gone = mappings.get(3).isEmpty();
    LongStream.range(4, 8).forEach(stamp -> mappings.put(stamp, eightMebibytes));

    assertEquals(true, gone);
    assertEquals(4, LongStream.range(0, 8).filter(s -> mappings.get(s).isPresent()).count());
  }
}
