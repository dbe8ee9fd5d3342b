package io.codeploy.chunkcache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-, 0, 99",
    "bytes=10-19, 10, 19",
    "bytes=99-, 99, 99",
    "bytes=90-1000000000000, 90, 99",
    "bytes=-1, 99, 99",
    "bytes=-1000, 0, 99",
  })
  void findsTheRange(String header, long first, long last) {
    assertEquals(new ByteRange.Part(first, last), ByteRange.of(Optional.of(header), 100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
  void refusesARangeBeyondTheBody(String header) {
    assertEquals(new ByteRange.Unsatisfiable(), ByteRange.of(Optional.of(header), 100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=0-1,3-4",
        "lines=0-1",
        "bytes=a-b",
        "bytes=99999999999999999999-",
        "bytes=0x1-2"
      })
  void ignoresWhatItMayIgnore(String header) {
    assertEquals(new ByteRange.Whole(), ByteRange.of(Optional.of(header), 100));
  }

  @Test
  void givesTheWholeWithoutAHeader() {
    assertEquals(new ByteRange.Whole(), ByteRange.of(Optional.empty(), 100));
  }
}
