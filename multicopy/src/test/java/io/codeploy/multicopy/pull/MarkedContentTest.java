package io.codeploy.multicopy.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedContentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\nmulticopy content\nhello\n",
        "Welcome!\n\nmulticopy content\nhello\n",
        "no end of line\nmulticopy content\nhello\n",
        "\n\nmulticopy con\nmulticopy content\nhello\n"
      })
  void passesOnWhatComesAfterTheMarkHoweverItArrives(String said) throws IOException {
    for (int piece = 1; piece <= said.length(); piece++) {
      assertEquals("hello\n", after(said, piece));
    }
  }

  @Test
  void passesOnWhatLooksLikeASecondMark() throws IOException {
    String content = "a\nmulticopy content\nb";

    assertEquals(content, after("\nmulticopy content\n" + content, 7));
  }

  @Test
  void passesOnNothingWithoutAMark() throws IOException {
    assertEquals("", after("hello\n", 3));
  }

  private static String after(String said, int piece) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    try (OutputStream marked = new MarkedContent(content)) {
      for (int at = 0; at < bytes.length; at += piece) {
        marked.write(bytes, at, Math.min(piece, bytes.length - at));
      }
    }
    return content.toString(StandardCharsets.UTF_8);
  }
}
