package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.fixtures.corpus.TreeComparison;
import io.codeploy.fixtures.corpus.TreeCorpus;
import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Nodes and a small tree for a trial; what they leave running is ended after it. */
record NodeTrials(Path temp, AgentImages images, int count) {
  /** Trials with two nodes. */
  NodeTrials(Path temp, AgentImages images) {
    this(temp, images, 2);
  }

  /** What is tried. */
  interface Trial {
    void on(SshNodes nodes, DeployRig rig) throws Exception;
  }

  enum Kind {
    EMBEDDED,
    OPENSSH
  }

  void with(Kind kind, Trial trial) throws Exception {
    with(kind, Map.of(), trial);
  }

  /**
   * @param variables that commands on embedded nodes see
   */
  void with(Kind kind, Map<String, String> variables, Trial trial) throws Exception {
    if (kind == Kind.OPENSSH) {
      Optional<String> missing = OpenSshNodes.unavailableReason();
      assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }
    SshNodesSettings usual = DeployRig.settings(temp.resolve("nodes"), count);
    Map<String, String> environment = new HashMap<>(usual.environment());
    environment.putAll(variables);
    SshNodesSettings settings = usual.withEnvironment(environment);
    try (SshNodes nodes =
        kind == Kind.OPENSSH ? OpenSshNodes.start(settings) : EmbeddedSshNodes.start(settings)) {
      DeployRig rig = new DeployRig(temp, images, nodes);
      new TreeCorpus(rig.tree(), 7).writeSmall();
      try {
        trial.on(nodes, rig);
      } finally {
        Files.writeString(rig.knownHosts(), nodes.knownHosts());
        rig.stopAgents();
      }
    }
  }

  static void assertOneLine(NodeFailure failure, String... words) {
    assertEquals(1, failure.message().lines().count(), failure.message());
    for (String word : words) {
      assertTrue(failure.message().contains(word), failure.message());
    }
  }

  static void assertHasTree(DeployRig rig, SshNode node) throws IOException {
    assertHasTree(rig, node, "dest");
  }

  static void assertHasTree(DeployRig rig, SshNode node, String dir) throws IOException {
    assertEquals(List.of(), TreeComparison.differences(rig.tree(), node.home().resolve(dir)));
  }

  /** Runs a command to its end; whether it went well. */
  static boolean run(Object... command) throws Exception {
    List<String> words = Stream.of(command).map(String::valueOf).toList();
    return new ProcessBuilder(words).start().waitFor() == 0;
  }
}
