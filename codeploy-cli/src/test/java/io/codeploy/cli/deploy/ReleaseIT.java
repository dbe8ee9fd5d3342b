package io.codeploy.cli.deploy;

import static io.codeploy.cli.deploy.NodeTrials.assertHasTree;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.cli.deploy.NodeTrials.Kind;
import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.fanout.Spacing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How many nodes get an agent at once. */
@Timeout(300)
@ExtendWith(TestImage.class)
class ReleaseIT {
  private final AgentImages images;

  @TempDir private Path temp;

  ReleaseIT(AgentImages images) {
    this.images = images;
  }

  @Test
  void noMoreUploadsAreUnderWayThanAreReleased() throws Exception {
    String digest = images.anywhere().orElseThrow().digest().toString();
    Pace pace =
        new Pace(
            new Release.Fixed(4, 4),
            Optional.of(new Release.Fixed(2, 2)),
            Spacing.NONE,
            Optional.empty(),
            BarrierRule.forAll(),
            Duration.ZERO);
    new NodeTrials(temp, images, 5)
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              try (HeldUploads uploads = new HeldUploads(rig.connector(), digest, 4)) {
                rig.deploy("dest", pace, uploads).nodes().forEach(DeployRig::report);

                assertEquals(5, uploads.all());
                assertEquals(2, uploads.most());
              }
              for (SshNode node : nodes.nodes()) {
                assertHasTree(rig, node);
              }
            });
  }
}
