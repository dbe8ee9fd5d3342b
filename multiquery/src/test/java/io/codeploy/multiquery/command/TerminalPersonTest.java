package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.Interruptible;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalPersonTest {
  @TempDir Path root;

  @Test
  void asksNothingForAThreadThatIsInterrupted() throws Exception {
    Path terminal = Files.createFile(root.resolve("terminal"));
    TerminalPerson person = new TerminalPerson(System.err, terminal);

    var ended =
        Interruptible.start(
                () -> {
                  Thread.currentThread().interrupt();
                  return person.secret("Passphrase?").isPresent();
                })
            .end();

    assertFalse(ended.value());
    assertTrue(ended.interrupted());
    assertEquals("", Files.readString(terminal));
  }
}
