package io.codeploy.cli.deploy;

import static io.codeploy.cli.deploy.NodeTrials.assertHasTree;
import static io.codeploy.cli.deploy.NodeTrials.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.codeploy.cli.deploy.NodeTrials.Kind;
import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.node.NodeFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators get wrong: one line each, and nobody else is held up. */
@ExtendWith(TestImage.class)
class BadInputIT {
  private static final Instant LONG_AGO = Instant.parse("1985-10-26T08:21:00Z");
  private static final Instant FAR_AHEAD = Instant.parse("2095-10-21T07:28:00Z");

  private final AgentImages images;

  @TempDir private Path temp;

  BadInputIT(AgentImages images) {
    this.images = images;
  }

  private NodeTrials trials() {
    return new NodeTrials(temp, images);
  }

  @ParameterizedTest
  @EnumSource
  void tellsApartHostsThatCannotBeHad(Kind kind) throws Exception {
    trials()
        .with(
            kind,
            (nodes, rig) -> {
              SshNode changed = nodes.nodes().getLast();
              Files.writeString(rig.knownHosts(), exchanged(nodes.knownHosts()));
              String list = nodes.nodeListFile() + "nosuch.invalid\n127.0.0.1:1\n";

              List<NodeResult> results = rig.deploy(list, "dest").nodes();

              NodeFailure key = DeployRig.failure(results.get(1));
              assertInstanceOf(NodeFailure.HostKeyRejected.class, key);
              assertOneLine(key, "CHANGED", "ssh-keygen", changed.address());
              NodeFailure unknown = DeployRig.failure(results.get(2));
              assertInstanceOf(NodeFailure.Unreachable.class, unknown);
              assertOneLine(unknown, "nosuch.invalid", "check");
              NodeFailure refused = DeployRig.failure(results.get(3));
              assertInstanceOf(NodeFailure.Unreachable.class, refused);
              assertOneLine(refused, "127.0.0.1:1", "is sshd running");
              assertHasTree(rig, nodes.nodes().getFirst());
            });
  }

  @ParameterizedTest
  @EnumSource
  void saysThatRemotedirCannotBeMade(Kind kind) throws Exception {
    trials()
        .with(
            kind,
            (nodes, rig) -> {
              Path blocked = nodes.nodes().getFirst().home().resolve("dest");
              // Where not even root makes anything.
              Files.createSymbolicLink(blocked, Path.of("/proc/self/net"));

              List<NodeResult> results = rig.deploy("dest/sub").nodes();

              assertOneLine(DeployRig.failure(results.getFirst()), "dest/sub", "; ");
              assertHasTree(rig, nodes.nodes().getLast(), "dest/sub");
            });
  }

  @Test
  void comparesNoClocks() throws Exception {
    trials()
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              Path early = Files.writeString(rig.tree().resolve("early"), "1985");
              Path late = Files.writeString(rig.tree().resolve("late"), "2095");
              Files.setLastModifiedTime(early, FileTime.from(LONG_AGO));
              Files.setLastModifiedTime(late, FileTime.from(FAR_AHEAD));

              rig.deploy("dest").nodes().forEach(DeployRig::report);
              List<NodeResult> again = rig.deploy("dest").nodes();

              for (NodeResult result : again) {
                assertEquals(0, DeployRig.report(result).counts().updated());
                assertEquals(0, DeployRig.report(result).counts().attributes());
              }
              assertHasTree(rig, nodes.nodes().getFirst());
            });
  }

  /** Every host with the key of another one. */
  private static String exchanged(String knownHosts) {
    List<String[]> lines = knownHosts.lines().map(line -> line.split(" ", 2)).toList();
    return lines.getFirst()[0]
        + " "
        + lines.getFirst()[1]
        + "\n"
        + lines.getLast()[0]
        + " "
        + lines.getFirst()[1]
        + "\n";
  }
}
