package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaveFormatsTest {
  /** The example of docs/formats/http.md. */
  private static final String EXAMPLE =
      "0000000000000003" + "0000000000011170" + "01" + "00000000" + "0000012c";

  private static final HaveDelta DELTA = new HaveDelta(3, 70_000, true, List.of(0, 300));

  @Test
  void writesAndReadsTheExample() {
    ByteBuffer written = HaveCodec.encode(DELTA);
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);

    assertEquals(EXAMPLE, HexFormat.of().formatHex(bytes));
    assertEquals(Optional.of(DELTA), HaveCodec.decode(ByteBuffer.wrap(bytes)));
  }

  @Test
  void takesATruncatedBodyOnlyWhereAnIndexEnds() {
    byte[] bytes = HexFormat.of().parseHex(EXAMPLE);

    List<Integer> taken =
        IntStream.range(0, bytes.length)
            .filter(length -> HaveCodec.decode(ByteBuffer.wrap(bytes, 0, length)).isPresent())
            .boxed()
            .toList();

    assertEquals(List.of(17, 21), taken);
  }

  @Test
  void takesNoNegativeNumberNoOtherStateAndNoEndlessBody() {
    byte[] negative = HexFormat.of().parseHex("8" + EXAMPLE.substring(1));
    byte[] state = HexFormat.of().parseHex(EXAMPLE.substring(0, 33) + "2" + EXAMPLE.substring(34));

    assertEquals(Optional.empty(), HaveCodec.decode(ByteBuffer.wrap(negative)));
    assertEquals(Optional.empty(), HaveCodec.decode(ByteBuffer.wrap(state)));
    assertEquals(Optional.empty(), HaveCodec.decode(ByteBuffer.allocate(HaveCodec.MAX_BYTES + 4)));
  }

  @Test
  void survivesAnyBytes() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);

      Optional<HaveDelta> read = HaveCodec.decode(ByteBuffer.wrap(bytes));

      assertTrue(read.isEmpty() || read.get().next() >= 0);
    }
  }

  @Test
  void writesAndReadsTheHeader() {
    HaveDelta nothing = new HaveDelta(0, 5, false, List.of());

    assertEquals("3 70000 active 0,300", HaveHeader.format(DELTA));
    assertEquals("0 5 idle", HaveHeader.format(nothing));
    assertEquals(Optional.of(DELTA), HaveHeader.parse("3 70000 active 0,300"));
    assertEquals(Optional.of(nothing), HaveHeader.parse("0 5 idle"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3",
        "3 5",
        "3 5 asleep",
        "-1 5 idle",
        "3 5 idle ",
        "3 5 idle 1,",
        "3 5 idle ,1",
        "3 5 idle 1,x",
        "3 5 idle 9999999999",
        "9999999999999999999 5 idle",
        "3 5 idle 1, 2"
      })
  void takesNoOtherHeader(String value) {
    assertEquals(Optional.empty(), HaveHeader.parse(value));
  }

  @Test
  void takesNoHeaderWithMoreThanAHundredIndexes() {
    String hundred = "1" + ",1".repeat(99);

    assertTrue(HaveHeader.parse("3 5 idle " + hundred).isPresent());
    assertEquals(Optional.empty(), HaveHeader.parse("3 5 idle " + hundred + ",1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "content", "content/", "content/-1", "Content/1", "a/b/1", "/1"})
  void takesNoOtherQuestion(String value) {
    assertEquals(Optional.empty(), HaveHeader.Question.parse(value));
  }

  @Test
  void keepsTheLogInOrderWithoutRepeats() {
    HaveLog log = new HaveLog();
    IntStream.of(7, 3, 7, 9).forEach(log::add);

    assertEquals(List.of(7, 3, 9), log.since(0, 10));
    assertEquals(List.of(3), log.since(1, 1));
    assertEquals(2, log.next(1, 1));
    assertEquals(List.of(), log.since(3, 10));
    assertEquals(List.of(7, 3, 9), log.since(4, 10));
    assertEquals(3, log.next(4, 10));
  }
}
