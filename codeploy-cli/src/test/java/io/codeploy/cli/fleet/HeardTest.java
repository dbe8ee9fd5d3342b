package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeardTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicInteger told = new AtomicInteger();
  private final Heard heard = new Heard(out, told::incrementAndGet);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 18, 19, 20, 1000})
  void tellsOnceOfWordsInWhateverPieces(int piece) throws IOException {
    String text = "motd @@@codeploy-arrived\n\u00e9 @@codeploy-arrived\nmore";

    say(text, piece);

    assertEquals(1, told.get());
    assertEquals(text, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void tellsNothingBeforeTheWordsAreWhole() throws IOException {
    say("@@codeploy-arrive", 5);
    say("@@codeploy-arrived", 4);

    assertEquals(0, told.get());
    heard.write('\n');
    assertEquals(1, told.get());
  }

  private void say(String text, int piece) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at += piece) {
      heard.write(bytes, at, Math.min(piece, bytes.length - at));
    }
  }
}
