package io.codeploy.multicopy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongRecordsTest {
  private static final String TEXT = "hello\nff 644 1 2 ./a\nb//to/c//\nend////\n";

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void reads(InputStream in) throws IOException {
    Records records = new Records(in);
    assertEquals("hello", records.line());
    assertEquals(new Records.Answer("ff 644 1 2 ./a\nb", "to/c"), records.next());
    assertEquals(new Records.Answer("end", ""), records.next());
    assertThrows(IOException.class, records::next);
  }

  @Test
  void readsAnswersWithNewlinesInNames() throws IOException {
    reads(bytes(TEXT));
  }

  @Test
  void readsWhatComesByteByByte() throws IOException {
    List<InputStream> single = TEXT.chars().mapToObj(c -> bytes(String.valueOf((char) c))).toList();
    reads(new SequenceInputStream(Collections.enumeration(single)));
  }

  @Test
  void takesNoSlashesInARowForTheEndOfALink() throws IOException {
    assertEquals(new Records.Answer("l", "a//b"), new Records(bytes("l//a//b//\n")).next());
  }

  @Test
  void refusesAnAnswerWithoutAnEnd() {
    assertThrows(IOException.class, new Records(bytes("x".repeat(100_000)))::next);
    assertThrows(IOException.class, new Records(bytes("a/"))::next);
  }

  @Test
  void readsManyAnswersAcrossItsBuffer() throws IOException {
    Records records = new Records(bytes("name/of/something//link//\n".repeat(20_000)));
    for (int i = 0; i < 20_000; i++) {
      assertEquals(new Records.Answer("name/of/something", "link"), records.next());
    }
  }
}
