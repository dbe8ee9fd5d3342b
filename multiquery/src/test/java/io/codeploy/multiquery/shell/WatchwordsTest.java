package io.codeploy.multiquery.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchwordsTest {
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private final List<String> heard = new ArrayList<>();
  private final Watchwords words =
      new Watchwords(passed)
          .on("[x:ask]", () -> heard.add("ask"))
          .on("[x:go]", () -> heard.add("go"));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100})
  void takesWordsOutWhereverTheyAreCut(int piece) throws IOException {
    String text = "a[x:ask]b[x:[x:go][x:g [x:ask][x:ask]\n[[x:go]end[x:";

    for (int i = 0; i < text.length(); i += piece) {
      byte[] part = text.substring(i, Math.min(text.length(), i + piece)).getBytes(ISO_8859_1);
      words.write(part, 0, part.length);
    }
    words.finish();

    assertEquals("ab[x:[x:g \n[end[x:", passed.toString(ISO_8859_1));
    assertEquals(List.of("ask", "go", "ask", "ask", "go"), heard);
  }

  @Test
  void keepsNothingBackThatIsNoBeginningOfAWord() throws IOException {
    words.write("prompt> ".getBytes(ISO_8859_1));

    assertEquals("prompt> ", passed.toString(ISO_8859_1));
  }

  @Test
  void passesAnyByteOn() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(7).nextBytes(bytes);

    words.write(bytes);
    words.finish();

    assertArrayEquals(bytes, passed.toByteArray());
    assertEquals(List.of(), heard);
  }
}
