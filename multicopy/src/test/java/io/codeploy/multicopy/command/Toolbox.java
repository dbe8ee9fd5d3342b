package io.codeploy.multicopy.command;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What programs the nodes of a test have. */
enum Toolbox {
  /** Those of this machine, on an embedded server. */
  EMBEDDED,
  /** Those of this machine, on a real one. */
  OPENSSH,
  BUSYBOX,
  BUSYBOX_WITHOUT_DIGESTS,
  /** Too few for a copy by shell. */
  SFTP_ALONE;

  private static final List<String> FEW = List.of("sh", "printf", "uname");
  private static final List<String> MOST =
      List.of(
          "sh",
          "tar",
          "find",
          "stat",
          "mv",
          "rm",
          "mkdir",
          "touch",
          "chmod",
          "cat",
          "uname",
          "grep",
          "head",
          "tail",
          "sleep",
          "kill",
          "printf",
          "xargs",
          "readlink",
          "cp");

  /** Starts {@code count} nodes below {@code directory}. */
  SshNodes start(Path directory, int count) throws IOException {
    SshNodesSettings settings = SshNodesSettings.of(directory.resolve("nodes"), count);
    if (this == EMBEDDED) {
      return EmbeddedSshNodes.start(settings);
    }
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    return OpenSshNodes.start(
        this == OPENSSH ? settings : settings.withEnvironment(busybox(directory)));
  }

  private Map<String, String> busybox(Path directory) throws IOException {
    Path busybox = Path.of("/usr/bin/busybox");
    Assumptions.assumeTrue(Files.isExecutable(busybox), "no /usr/bin/busybox (package busybox)");
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.copy(busybox, bin.resolve("busybox"));
    for (String program : this == SFTP_ALONE ? FEW : MOST) {
      Files.createSymbolicLink(bin.resolve(program), Path.of("busybox"));
    }
    if (this == BUSYBOX) {
      Files.createSymbolicLink(bin.resolve("sha256sum"), Path.of("busybox"));
    }
    return Map.of("PATH", bin.toString());
  }

  /** Whether times come with fractions of seconds. */
  boolean tellsFractions() {
    return this == EMBEDDED || this == OPENSSH;
  }

  boolean digests() {
    return this == EMBEDDED || this == OPENSSH || this == BUSYBOX;
  }
}
