package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left here of a client that is killed. */
class KilledClientIT {
  @TempDir Path root;
  @TempDir Path home;

  @Test
  void leavesNothingOfTheOutputAndInputThatItHadOnDisk() throws Exception {
    try (SshNodes nodes = EmbeddedSshNodes.start(SshNodesSettings.of(root, 1))) {
      Servers.welcome(home, nodes);
      Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
      Path input = Files.write(home.resolve("input"), new byte[3 << 20]);
      Path temporary = Files.createDirectory(home.resolve("temporary"));
      Process client =
          Clients.start(
              home,
              Map.of(
                  "MQ_NODES",
                  list.toString(),
                  "MQ_TIMEOUT",
                  "0",
                  "MQ_INPUT",
                  "1",
                  "JDK_JAVA_OPTIONS",
                  "-Djava.io.tmpdir=" + temporary),
              input,
              "cat; sleep 600");
      Poll.until("both are on disk", () -> openIn(temporary, client) == 2);

      client.destroyForcibly().waitFor();

      assertArrayEquals(new String[0], temporary.toFile().list());
    }
  }

  /** How many files without a name the process has open that once had one there. */
  private static long openIn(Path directory, Process process) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
      return open.map(KilledClientIT::target)
          .filter(file -> file.startsWith(directory.toString()) && file.endsWith(" (deleted)"))
          .count();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
