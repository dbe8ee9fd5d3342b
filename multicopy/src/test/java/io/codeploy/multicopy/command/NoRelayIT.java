package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This module alone has nobody who relays. */
class NoRelayIT {
  @TempDir Path temp;

  @Test
  void sendsDirectlyWhereThereIsNoRelayAndSaysSo() throws Exception {
    byte[] content = new byte[2 << 20];
    new Random(1).nextBytes(content);
    Path file = Files.write(temp.resolve("big"), content);
    try (SshNodes nodes = EmbeddedSshNodes.start(SshNodesSettings.of(temp.resolve("nodes"), 2))) {
      PushRig rig = new PushRig(temp, nodes);

      PushRig.Result result = rig.run("--relay", file.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertEquals(
          "multicopy: relay: 2 sent to directly"
              + " (no relay here; it is a part of the distribution)\n",
          result.err());
      for (SshNode node : nodes.nodes()) {
        assertArrayEquals(content, Files.readAllBytes(node.home().resolve("big")));
      }
    }
  }

  @Test
  void saysNothingOfARelayThatNobodyAskedFor() throws Exception {
    Path file = Files.write(temp.resolve("big"), new byte[2 << 20]);
    try (SshNodes nodes = EmbeddedSshNodes.start(SshNodesSettings.of(temp.resolve("nodes"), 2))) {
      PushRig.Result result = new PushRig(temp, nodes).run(file.toString(), "@:");

      assertEquals(ExitCode.OK, result.code());
      assertTrue(result.err().isEmpty(), result.err());
    }
  }
}
