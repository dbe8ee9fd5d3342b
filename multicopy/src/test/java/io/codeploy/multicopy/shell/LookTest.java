package io.codeploy.multicopy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multicopy.testing.SilentNode;
import io.codeploy.multiquery.connect.ByteStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookTest {
  private static InputStream text(String said) {
    return new ByteArrayInputStream(Wire.bytes(said));
  }

  private static Look look(InputStream said) throws IOException, InterruptedException {
    return Look.at(
        new Saying(said),
        new Look.Question("x", List.of("d x"), Set.of(), false),
        Duration.ZERO,
        new Progress());
  }

  @Test
  void aShellThatEndsBeforeItGreetsIsNone() {
    assertThrows(NoShellException.class, () -> look(text("This account has no shell.\n")));
  }

  @Test
  void aShellThatEndsAfterSignsOfLifeWasOne() {
    IOException failed =
        assertThrows(IOException.class, () -> look(text("Welcome!\nbeat////\nbeat////\n")));

    assertEquals(IOException.class, failed.getClass());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 in", "-1 same", "x via", "2147483648 at"})
  void aNodeThatTellsOfASourceThatThereIsNotFailsAlone(String section) throws Exception {
    Look look =
        look(text("multicopy 1 directory printf mv find touch\n= " + section + "////\nend////\n"));

    assertThrows(IOException.class, () -> look.list((source, name, found) -> {}));
  }

  @Test
  void whoIsInterruptedLearnsNothingOfTheShell() {
    InputStream interrupted =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new InterruptedIOException();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThrows(
        InterruptedIOException.class,
        () -> look(new SequenceInputStream(text("Welcome!\n"), interrupted)));
  }

  /** A node whose shell says this. */
  private static final class Saying extends SilentNode {
    private final InputStream said;

    Saying(InputStream said) {
      this.said = said;
    }

    @Override
    public ByteStream open(String command, Duration limit) {
      return saying(said);
    }
  }
}
