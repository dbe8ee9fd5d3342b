package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.connect.Connection;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the port here that leads through a jump host. */
class JumpHostIT {
  @TempDir Path root;

  /** While it is open another user of this machine would get there, too. */
  @Test
  void listensNoLongerThanItTakesToGetThrough() throws Exception {
    try (EmbeddedSshNodes nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 1)) {
      SshNode node = nodes.nodes().getFirst();
      Rig rig = Rig.create(root, nodes);
      rig.write(
          "config",
          "Host target\n  HostName %1$s\n  ProxyJump %1$s:%2$d\n"
              .formatted(node.address(), node.port()));
      Set<String> before = listening();
      try (MinaConnector connector = rig.connector();
          Connection connection = connector.connect(Rig.node("target", node.port()), Rig.LIMIT)) {
        assertEquals(before, listening());
        assertEquals("through\n", Rig.run(connection, "echo through").out());
      }
    }
  }

  /** The sockets that this process takes connections at. */
  private static Set<String> listening() throws IOException {
    Set<String> own = open();
    Set<String> listening = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
        String[] words = line.strip().split("\\s+", -1);
        if (words[3].equals("0A") && own.contains("socket:[" + words[9] + "]")) {
          listening.add(words[9]);
        }
      }
    }
    return listening;
  }

  private static Set<String> open() throws IOException {
    Set<String> open = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          open.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException e) {
          // Closed meanwhile.
        }
      }
    }
    return open;
  }
}
