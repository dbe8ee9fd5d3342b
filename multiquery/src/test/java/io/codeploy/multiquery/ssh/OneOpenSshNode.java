package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.OpenSshNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests that want one node of a real sshd, and keys that ssh-keygen made. */
abstract class OneOpenSshNode {
  @TempDir Path root;
  OpenSshNodes nodes;
  Rig rig;

  @BeforeEach
  void startNode() throws Exception {
    assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    nodes = OpenSshNodes.start(root.resolve("nodes"), 1);
    rig = Rig.create(root, nodes);
  }

  @AfterEach
  void stopNode() {
    if (nodes != null) {
      nodes.close();
    }
  }

  /** Makes a key pair, {@code name} and {@code name.pub}. */
  final Path keygen(String name, String... options) throws Exception {
    Path file = root.resolve(name);
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    command.addAll(List.of(options));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    return file;
  }

  /** The node accepts this key from now on. */
  final void authorize(Path key) throws IOException {
    Path authorized = nodes.identityFile().resolveSibling("authorized_keys");
    Files.writeString(
        authorized, Files.readString(Path.of(key + ".pub")), StandardOpenOption.APPEND);
  }
}
