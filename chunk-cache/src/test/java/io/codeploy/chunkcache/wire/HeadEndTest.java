package io.codeploy.chunkcache.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadEndTest {
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "7", "100"})
  void isFoundHoweverFewBytesComeAtATime(int piece) {
    byte[] bytes = bytes("GET / HTTP/1.1\r\n\rX: \n\r\n\r\r\n\r\nnext\r\n\r\n");
    HeadEnd search = new HeadEnd();
    OptionalInt found = OptionalInt.empty();
    int length = 0;
    while (found.isEmpty() && length < bytes.length) {
      length = Math.min(length + piece, bytes.length);
      found = search.find(bytes, length);
    }

    assertEquals(OptionalInt.of(24), found);
  }

  @Test
  void isNowhereWhileAByteOfItIsMissing() {
    byte[] bytes = bytes("a\r\n\r\n");
    HeadEnd search = new HeadEnd();

    assertEquals(OptionalInt.empty(), search.find(bytes, 0));
    assertEquals(OptionalInt.empty(), search.find(bytes, bytes.length - 1));
    assertEquals(OptionalInt.of(1), search.find(bytes, bytes.length));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
