package io.codeploy.multiquery.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.testing.Poll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a node says is cut, changed or lost: see docs/acceptance.md. */
class WholeOutputIT {
  private static final String NAME = "the-node";

  @TempDir Path root;
  @TempDir Path home;

  /** Views, and what each makes of the output of one node. */
  enum View {
    CLASSIC("--order") {
      @Override
      byte[] shown(byte[] said) {
        return Site.frame(NAME, said);
      }
    },
    PREFIX("--prefix") {
      @Override
      byte[] shown(byte[] said) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        boolean lineStarts = true;
        for (byte b : said) {
          if (lineStarts) {
            shown.writeBytes((NAME + ": ").getBytes(UTF_8));
          }
          shown.write(b);
          lineStarts = b == '\n';
        }
        return shown.toByteArray();
      }
    },
    GATHERED("-b"),
    GATHERED_WITH_ERRORS("-B"),
    DIFFERENCES("--diff");

    private final String option;

    View(String option) {
      this.option = option;
    }

    byte[] shown(byte[] said) {
      ByteArrayOutputStream shown = new ByteArrayOutputStream();
      shown.writeBytes(
          ("-".repeat(15) + "\n" + NAME + " (1)\n" + "-".repeat(15) + "\n").getBytes(UTF_8));
      shown.writeBytes(said);
      return shown.toByteArray();
    }
  }

  private void assertShown(View view, byte[] said) throws IOException {
    try (Site site = Site.open(root, home, 1)) {
      SshNode node = site.nodes().nodes().getFirst();
      Files.write(node.home().resolve("said"), said);
      Terminal terminal = site.terminal();
      terminal.exportNodes(
          NAME
              + " user=%s host=%s port=%d"
                  .formatted(site.nodes().user(), node.address(), node.port()));

      assertEquals(0, terminal.multiquery(view.option, "cat said"), terminal::err);

      assertArrayEquals(view.shown(said), terminal.outBytes());
      assertEquals("", terminal.err());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLineOf200000BytesWithoutANewlineIsShownWhole(View view) throws Exception {
    byte[] line = new byte[200_000];
    for (int i = 0; i < line.length; i++) {
      line[i] = (byte) ('a' + i % 26);
    }
    assertShown(view, line);
  }

  @ParameterizedTest
  @EnumSource
  void everyValueOfAByteIsShownAsItIs(View view) throws Exception {
    byte[] bytes = new byte[3 * 256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    assertShown(view, bytes);
  }

  @Test
  void whatGoesToStderrComesOutOfStderr() throws Exception {
    try (Site site = Site.open(root, home, 1)) {
      Terminal terminal = site.terminal();
      String name = site.nodes().listed(site.nodes().nodes().getFirst());

      int status =
          terminal.multiquery("--prefix", "head -c 200000 /dev/zero | tr '\\0' e >&2; echo out");

      assertEquals(0, status);
      assertEquals(name + ": out\n", terminal.out());
      assertEquals(name + ": " + "e".repeat(200_000) + "\n", terminal.err());
    }
  }

  /**
   * The first node is done and the second has said something when somebody presses Ctrl-C; so much,
   * that the beginning has arrived when it has written the end.
   */
  @ParameterizedTest
  @ValueSource(strings = {"--order", "--prefix", "--prefix -b", "--json"})
  void ctrlCShowsWhatCameSoFarAndExitsWith130(String view) throws Exception {
    try (Site site = Site.open(root, home, 2)) {
      Path list = Files.writeString(home.resolve("nodes"), site.nodes().nodeListFile());
      List<String> words = new ArrayList<>(List.of(view.split(" ", -1)));
      words.add(
          "echo said by ${HOME##*/}; case $HOME in *node2) printf cut; head -c 16000000 /dev/zero"
              + " | tr '\\0' x; touch ../busy; sleep 600;; esac");
      Process client =
          Clients.start(
              home,
              Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0"),
              words.toArray(String[]::new));
      try {
        Path busy = site.nodes().nodes().getLast().home().resolveSibling("busy");
        Poll.until("the second node is busy", () -> Files.exists(busy));
        Path out = home.resolve("out");
        Poll.until("the first is done", () -> Files.readString(out).contains("by node1"));

        new ProcessBuilder("sh", "-c", "kill -s INT " + client.pid()).start().waitFor();
        Poll.until("the process has ended", () -> !client.isAlive());

        String said = Files.readString(out);
        String err = Files.readString(home.resolve("err"));
        assertEquals(130, client.exitValue(), err);
        assertTrue(said.contains("said by node1"), err);
        assertTrue(said.contains("said by node2"), err);
        assertTrue(said.contains("cutxxx"), err);
        assertTrue(err.contains(" not done ("), err);
      } finally {
        client.destroyForcibly();
      }
    }
  }
}
