package io.codeploy.multiquery.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BashSignTest {
  private static final String WORD = "[multiquery-0a:bash]";

  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private final BashSign sign = new BashSign(passed, new Token("0a"));

  private void write(String text) throws IOException {
    sign.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String passed() {
    return passed.toString(StandardCharsets.US_ASCII);
  }

  @Test
  void takesTheWordAwayWhereverItIsCut() throws IOException {
    write("start-up\n[multi");
    write("query-0a:bash]error");

    assertTrue(sign.isSeen());
    assertEquals("start-up\nerror", passed());
  }

  @Test
  void keepsNothingBackAfterTheWord() throws IOException {
    write(WORD + "[");
    write("[multi");

    assertEquals("[[multi", passed());
  }

  @Test
  void passesOnTheRestWhenNothingMoreComes() throws IOException {
    write("no [multiquery-0");

    sign.close();

    assertFalse(sign.isSeen());
    assertEquals("no [multiquery-0", passed());
  }

  @Test
  void isNotInTheTextThatMakesTheWord() throws IOException {
    String text = sign.in(Frame.of("true; ", "echo '; eval '"));

    assertFalse(text.contains(WORD));
    assertTrue(text.endsWith("true; '\necho '; eval '"), text);
    assertTrue(text.contains("; eval '{ test "), text);
  }

  @Test
  void leavesATextThatIsNotFramed() {
    assertEquals("true", sign.in("true"));
  }
}
