package io.codeploy.multiquery.command;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Both kinds of nodes, which must look alike to a user. */
enum Servers {
  EMBEDDED {
    @Override
    SshNodes start(SshNodesSettings settings) throws IOException {
      return EmbeddedSshNodes.start(settings);
    }

    @Override
    boolean passSignals(SshNodes nodes) {
      return true;
    }
  },
  OPEN_SSH {
    @Override
    SshNodes start(SshNodesSettings settings) throws IOException {
      assumeTrue(
          OpenSshNodes.unavailableReason().isEmpty(),
          () -> OpenSshNodes.unavailableReason().orElse(""));
      return OpenSshNodes.start(settings);
    }

    @Override
    boolean passSignals(SshNodes nodes) {
      return !nodes.user().equals("root");
    }
  };

  abstract SshNodes start(SshNodesSettings settings) throws IOException;

  /** Starts {@code count} of them with the usual settings. */
  SshNodes start(Path root, int count) throws IOException {
    return start(SshNodesSettings.of(root, count));
  }

  /** Whether what a client ends is ended on the node; sshd does so for others than root only. */
  abstract boolean passSignals(SshNodes nodes);

  /** Makes {@code home} one whose owner may log in on {@code nodes} and knows them. */
  static void welcome(Path home, SshNodes nodes) throws IOException {
    Path ssh = Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    Path key =
        Files.createFile(ssh.resolve("id_ed25519"), asFileAttribute(fromString("rw-------")));
    Files.write(key, Files.readAllBytes(nodes.identityFile()));
  }
}
