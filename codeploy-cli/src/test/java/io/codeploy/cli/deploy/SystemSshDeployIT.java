package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.corpus.TreeComparison;
import io.codeploy.fixtures.corpus.TreeCorpus;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process that has the system's ssh connect to real sshd. */
@Timeout(300)
class SystemSshDeployIT {
  @TempDir private Path distribution;
  @TempDir private Path temp;

  @Test
  void deploysDoesNothingTheSecondTimeAndStopsItsAgents() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "no /usr/bin/ssh (openssh-client)");
    assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    DeployRig.images(Files.createDirectory(distribution.resolve("agent")));
    Path tree = temp.resolve("tree");
    new TreeCorpus(tree, 5).writeMany("many", 10, 4_000);
    try (OpenSshNodes nodes = OpenSshNodes.start(DeployRig.settings(temp.resolve("nodes"), 2))) {
      try {
        String first = codeploy(nodes, tree.toString(), "dest");
        String second = codeploy(nodes, tree.toString(), "dest");

        for (SshNode node : nodes.nodes()) {
          assertEquals(List.of(), TreeComparison.differences(tree, node.home().resolve("dest")));
        }
        assertTrue(first.contains("62 created"), first);
        assertTrue(second.contains("62 unchanged"), second);
      } finally {
        codeploy(nodes, "--stop-agents");
      }
      for (SshNode node : nodes.nodes()) {
        assertEquals(List.of(), states(node));
      }
    }
  }

  private static List<Path> states(SshNode node) throws IOException {
    try (Stream<Path> files = Files.walk(node.home().resolve(".codeploy"))) {
      return files.filter(file -> file.endsWith("agent.state")).toList();
    }
  }

  /** Runs it to its good end and returns what it said. */
  private String codeploy(OpenSshNodes nodes, String... arguments) throws Exception {
    Path known = temp.resolve("operator/.ssh/known_hosts");
    String ssh =
        "ssh -F none -i '%s' -o UserKnownHostsFile='%s' -o IdentitiesOnly=yes"
            .formatted(nodes.identityFile(), known);
    List<String> words =
        Stream.concat(Stream.of("--ssh-command", ssh), Stream.of(arguments)).toList();
    try (CodeployProcess process =
        CodeployProcess.start(
            temp,
            distribution,
            nodes,
            nodes.identityFile(),
            nodes.nodeListFile(),
            words.toArray(String[]::new))) {
      assertEquals(0, process.exitStatus(), process::toString);
      return process.output();
    }
  }
}
