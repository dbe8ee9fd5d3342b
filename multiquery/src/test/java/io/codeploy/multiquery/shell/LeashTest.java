package io.codeploy.multiquery.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multiquery.testing.Interruptible;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class LeashTest {
  private static final byte[] OFFERED = {1, 2, 3};

  @Test
  void endsWhenItIsClosedAndNotBefore() throws IOException {
    try (Leash leash = new Leash()) {
      leash.offer(OFFERED);
      leash.close();
      assertArrayEquals(OFFERED, leash.readAllBytes());
    }
  }

  /** A command that was handed to a shell that had died goes over the same leash once more. */
  @Test
  void isReadOnByAnotherWhenItsReaderWasInterrupted() throws Exception {
    try (Leash leash = new Leash()) {
      var first = Interruptible.start(() -> leash.read(new byte[1]));
      first.awaitStandstill();
      first.interrupt();
      ExecutionException ended = assertThrows(ExecutionException.class, first::end);
      assertThrows(
          InterruptedIOException.class,
          () -> {
            throw ended.getCause();
          });

      leash.offer(OFFERED);
      leash.close();

      assertArrayEquals(OFFERED, leash.readAllBytes());
    }
  }
}
