package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.process.Kill;
import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Poll;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose standard input is whose: see docs/acceptance.md. */
class StandardInputIT {
  @TempDir Path root;
  @TempDir Path home;

  /** A command that reads standard input finds it empty, and takes nothing from the loop's. */
  @Test
  void aLoopOverLinesGoesRoundForEachOfThem() throws Exception {
    try (Site site = Site.open(root, home, 1)) {
      Path list = Files.writeString(home.resolve("nodes"), site.nodes().nodeListFile());
      Path lines = Files.writeString(home.resolve("lines"), "one\ntwo\nthree\n");
      ProcessBuilder loop =
          Clients.command(home, Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0"));
      loop.command()
          .addAll(
              0,
              List.of(
                  "sh", "-c", "while read -r line; do \"$0\" \"$@\" \"echo $line; cat\"; done"));
      Process process =
          loop.redirectInput(lines.toFile())
              .redirectOutput(home.resolve("out").toFile())
              .redirectError(home.resolve("err").toFile())
              .start();

      assertEquals(0, process.waitFor(), () -> home.resolve("err").toString());

      String name = site.nodes().listed(site.nodes().nodes().getFirst());
      assertEquals(
          name + ": 4 bytes\none\n\n" + name + ": 4 bytes\ntwo\n\n" + name + ": 6 bytes\nthree\n\n",
          Files.readString(home.resolve("out")));
    }
  }

  @Test
  void whatIsTypedEndsWithOneCtrlD() throws Exception {
    Installed.assume("script", "bsdutils");
    try (Site site = Site.open(root, home, 1)) {
      Path list = Files.writeString(home.resolve("nodes"), site.nodes().nodeListFile());
      Process process =
          Clients.startOnTerminal(
              home, Map.of("MQ_NODES", list.toString(), "MQ_INPUT", "1"), "sed s/ty/gra/");
      try (OutputStream keyboard = process.getOutputStream()) {
        keyboard.write("typed\n\004".getBytes(StandardCharsets.US_ASCII));
        keyboard.flush();
        Poll.until("it has ended", () -> !process.isAlive());
      } finally {
        process.destroyForcibly();
      }
      assertTrue(Files.readString(home.resolve("out")).contains("graped"));
    }
  }

  @Test
  void ctrlCEndsARunThatStillReads() throws Exception {
    Path list = Files.writeString(home.resolve("nodes"), "n1\n");
    Process process =
        Clients.command(home, Map.of("MQ_NODES", list.toString()), "-I", "cat")
            .redirectError(home.resolve("err").toFile())
            .start();
    try (OutputStream input = process.getOutputStream()) {
      // More than a pipe holds, so that it is reading.
      input.write(new byte[1 << 20]);
      input.flush();
      Kill.send("INT", process.pid());
      assertEquals(130, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
    assertEquals("multiquery: interrupted\n", Files.readString(home.resolve("err")));
  }
}
