package io.codeploy.multicopy.command;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** An operator's directory, from which {@code multicopy} is run. */
record CopyRig(Path directory) {
  /** Embedded nodes, and real ones. */
  enum Kind {
    EMBEDDED,
    OPENSSH;

    SshNodes start(SshNodesSettings settings) throws IOException {
      if (this == EMBEDDED) {
        return EmbeddedSshNodes.start(settings);
      }
      Optional<String> reason = OpenSshNodes.unavailableReason();
      Assumptions.assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
      return OpenSshNodes.start(settings);
    }
  }

  SshNodes start(Kind kind) throws IOException {
    return kind.start(SshNodesSettings.of(directory.resolve("nodes"), 2));
  }

  PushRig.Result run(SshNodes nodes, String... paths) throws IOException {
    return new PushRig(directory, nodes).run(Map.of("MQ_ORDER", "1"), paths);
  }
}
