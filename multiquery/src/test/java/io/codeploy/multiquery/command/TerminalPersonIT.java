package io.codeploy.multiquery.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions on a pseudo terminal. */
class TerminalPersonIT {
  private static final String QUESTION = "Passphrase for ";

  @TempDir Path root;
  @TempDir Path home;

  private String shown() throws IOException {
    return Files.readString(home.resolve("out"));
  }

  private void type(OutputStream keyboard, String line, int questions) throws IOException {
    Poll.until("it asks", () -> shown().split(QUESTION, -1).length == questions + 1);
    keyboard.write((line + "\n").getBytes(UTF_8));
    keyboard.flush();
  }

  private void encryptKey(String passphrase) throws Exception {
    Process process =
        new ProcessBuilder(
                "ssh-keygen", "-p", "-P", "", "-N", passphrase, "-f", home + "/.ssh/id_ed25519")
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor());
  }

  @Test
  void aPassphraseIsNotShownAndAWrongOneIsAskedForAgain() throws Exception {
    Installed.assume("script", "bsdutils");
    try (Site site = Site.open(root, home, 1)) {
      encryptKey("open sesame");
      Path list = Files.writeString(home.resolve("nodes"), site.nodes().nodeListFile());
      Process process =
          Clients.startOnTerminal(home, Map.of("MQ_NODES", list.toString()), "echo here");
      try (OutputStream keyboard = process.getOutputStream()) {
        type(keyboard, "open barley", 1);
        type(keyboard, "open sesame", 2);
        Poll.until("it has ended", () -> !process.isAlive());
      } finally {
        process.destroyForcibly();
      }

      assertEquals(0, process.exitValue(), this::said);
      assertTrue(shown().contains("here"), this::said);
      assertFalse(shown().contains("sesame") || shown().contains("barley"), this::said);
    }
  }

  @Test
  void ctrlDIsNoPassphrase() throws Exception {
    Installed.assume("script", "bsdutils");
    try (Site site = Site.open(root, home, 1)) {
      encryptKey("open sesame");
      Path list = Files.writeString(home.resolve("nodes"), site.nodes().nodeListFile());
      Process process =
          Clients.startOnTerminal(home, Map.of("MQ_NODES", list.toString()), "echo here");
      try (OutputStream keyboard = process.getOutputStream()) {
        Poll.until("it asks", () -> shown().contains(QUESTION));
        keyboard.write('\004');
        keyboard.flush();
        Poll.until("it has ended", () -> !process.isAlive());
      } finally {
        process.destroyForcibly();
      }

      assertEquals(4, process.exitValue(), this::said);
      assertTrue(shown().contains("is encrypted; load it into ssh-agent"), this::said);
    }
  }

  private String said() {
    try {
      return shown();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
