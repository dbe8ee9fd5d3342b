package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.FaultySshServer;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run when there are many nodes, and bad ones among them. */
class ManyNodesIT {
  @TempDir Path root;
  @TempDir Path home;

  @Test
  void oneDeadOneRefusedAndOneUnknownOf100HoldNobodyUp() throws Exception {
    try (Site site = Site.open(root, home, 2);
        FaultySshServer dead =
            FaultySshServer.start("127.0.0.9", FaultySshServer.Fault.NEVER_SPEAKS)) {
      String refused = site.nodes().listed(site.nodes().nodes().getLast());
      site.nodes().stop(site.nodes().nodes().getLast());
      List<String> names = new ArrayList<>(site.manyNames(97));
      names.add(0, "nowhere.invalid");
      names.add(50, refused);
      names.add(1, dead.address() + ":" + dead.port());
      Terminal terminal = site.terminal().export("MQ_ORDER", "").export("MQ_TIMEOUT", "600");
      terminal.exportNodes(names.toArray(String[]::new));
      Interruptible<Integer> run = Interruptible.start(() -> terminal.multiquery("echo here"));

      Poll.until(
          "99 have answered",
          () -> terminal.out().lines().filter(line -> line.endsWith(" bytes")).count() == 99);

      assertTrue(run.isRunning(), "while the dead one is still waited for");
      dead.close();
      assertEquals(4, run.end().value(), terminal::err);
      assertEquals(97, terminal.out().lines().filter("here"::equals).count());
      assertTrue(terminal.err().contains("multiquery: 97 ok, 3 unreachable ("), terminal.err());
    }
  }

  /** All that the limit has room for are held under way at once. */
  @Test
  void aWindowOf1000WorksWithin1024OpenFiles() throws Exception {
    int room = OpenFiles.window(1024);
    try (Site site = Site.open(root, home, 1)) {
      List<String> names = site.manyNames(room + 20);
      Path list = Files.write(home.resolve("nodes"), names);
      Path node = site.nodes().nodes().getFirst().home();
      new ProcessBuilder("mkfifo", node.resolve("gate").toString()).start().waitFor();
      ProcessBuilder builder =
          Clients.command(
              home,
              Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0", "MQ_MAXLOAD", "1000"),
              "echo >>here; [ -e open ] || cat gate; echo ok");
      builder.command().addAll(0, List.of("sh", "-c", "ulimit -n 1024; exec \"$0\" \"$@\""));
      Process client =
          builder
              .redirectOutput(home.resolve("out").toFile())
              .redirectError(home.resolve("err").toFile())
              .start();
      try {
        awaitAll(node.resolve("here"), room);
        Files.createFile(node.resolve("open"));
        letThrough(client, node.resolve("gate"));

        String err = Files.readString(home.resolve("err"));
        assertEquals(0, client.exitValue(), err);
        assertTrue(err.contains("1000"), "the window is reduced with a notice: " + err);
        String out = Files.readString(home.resolve("out"));
        assertEquals(names.size(), out.lines().filter("ok"::equals).count());
      } finally {
        client.destroyForcibly();
      }
    }
  }

  /** Some at a time, since all of them may take longer than one poll is meant to. */
  private static void awaitAll(Path file, int count) {
    for (int i = 1; i <= count; i++) {
      int some = i;
      Poll.until(
          some + " nodes are under way", () -> Files.exists(file) && Files.size(file) >= some);
    }
  }

  /** Opens the gate for whoever stands before it, until the client has ended. */
  private void letThrough(Process client, Path gate) throws IOException {
    Path out = home.resolve("out");
    while (client.isAlive()) {
      long before = Files.size(out);
      Poll.until(
          "another node is done",
          () -> {
            new RandomAccessFile(gate.toFile(), "rw").close();
            return !client.isAlive() || Files.size(out) > before;
          });
    }
  }
}
