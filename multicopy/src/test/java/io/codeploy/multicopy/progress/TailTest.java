package io.codeploy.multicopy.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TailTest {
  @Test
  void keepsNoPartOfALineOfWhichTheBeginningIsGone() throws IOException {
    Tail tail = new Tail();
    String line = "tar: s/f29: Cannot write: No space left on device\n";
    tail.write("x\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("x\n", tail.text());

    tail.write(line.repeat(100).getBytes(StandardCharsets.UTF_8));

    assertEquals(line.repeat(4096 / line.length()), tail.text());
  }

  @Test
  void keepsAWholeLineWithWhichWhatIsKeptBegins() throws IOException {
    Tail tail = new Tail();
    String line = "0123456789abcde\n";

    tail.write(line.repeat(1000).getBytes(StandardCharsets.UTF_8));

    assertEquals(line.repeat(4096 / line.length()), tail.text());
  }

  @Test
  void keepsTheEndOfALineThatIsLongerThanAllThatIsKept() throws IOException {
    Tail tail = new Tail();
    tail.write("first\n".getBytes(StandardCharsets.UTF_8));
    tail.write("x".repeat(5000).getBytes(StandardCharsets.UTF_8));
    assertEquals("x".repeat(4096), tail.text());

    tail.write("\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("x".repeat(4095), tail.lastLine("nothing"));

    tail.write("last\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("last\n", tail.text());
  }
}
