package io.codeploy.multicopy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multicopy.source.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static Records of(String wire) {
    return new Records(new ByteArrayInputStream(Wire.bytes(wire)));
  }

  @Test
  void readsNamesWithAnythingInThem() throws IOException {
    Records records = of("ff 644 1 5 ./a\nb/ \u00ff\u0080 //" + "//\nld 777 1 5 ./l///x//y\n//\n");

    assertEquals(new Records.Answer("ff 644 1 5 ./a\nb/ \u00ff\u0080 ", ""), records.next());
    assertEquals(new Records.Answer("ld 777 1 5 ./l", "/x//y\n"), records.next());
  }

  @Test
  void readsLinesAndThenAnswers() throws IOException {
    Records records = of("hello\nmulticopy 1 absent\nend////\n");

    assertEquals("hello", records.line());
    assertEquals("multicopy 1 absent", records.line());
    assertEquals(new Records.Answer("end", ""), records.next());
  }

  @Test
  void failsWhereAnAnswerBreaksOff() {
    String whole = "ff 644 1 5 ./a////\n";
    for (int i = 0; i < whole.length(); i++) {
      Records part = of(whole.substring(0, i));
      assertThrows(IOException.class, part::next);
    }
  }

  @Test
  void failsWhereAnAnswerHasNoEnd() {
    Records endless = of("x".repeat(1 << 20));

    assertThrows(IOException.class, endless::next);
  }
}
