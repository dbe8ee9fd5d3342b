package io.codeploy.multicopy.command;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.Sftp;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What a node's programs are. */
enum Programs {
  /** Those of this machine, on an embedded server. */
  EMBEDDED,
  /** Those of this machine, on a real one. */
  OPENSSH,
  BUSYBOX,
  BUSYBOX_WITHOUT_DIGESTS,
  /** Neither tar nor SFTP. */
  SHELL_ALONE,
  /** Too few for a copy by shell. */
  SFTP_ALONE;

  private static final List<String> ALL_OF_BUSYBOX =
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
          "ln",
          "cat",
          "dd",
          "uname",
          "sha256sum",
          "grep",
          "head",
          "sleep",
          "kill",
          "printf",
          "tail",
          "xargs",
          "readlink",
          "cp",
          "chown",
          "chgrp",
          "id");

  /** Starts one such node below {@code directory}, or ends the test where it cannot be had. */
  SshNodes start(Path directory) throws IOException {
    return start(directory, 1);
  }

  /** Starts a node with all of busybox but these. */
  static SshNodes busyboxWithout(Path directory, String... missing) throws IOException {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    List<String> programs = new ArrayList<>(ALL_OF_BUSYBOX);
    programs.removeAll(List.of(missing));
    return OpenSshNodes.start(
        SshNodesSettings.of(directory.resolve("nodes"), 1)
            .withEnvironment(busybox(directory, programs)));
  }

  /** The same with {@code count} nodes. */
  SshNodes start(Path directory, int count) throws IOException {
    Path root = directory.resolve("nodes");
    if (this == EMBEDDED) {
      return EmbeddedSshNodes.start(root, count);
    }
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    SshNodesSettings settings = SshNodesSettings.of(root, count);
    return switch (this) {
      case BUSYBOX ->
          OpenSshNodes.start(settings.withEnvironment(busybox(directory, ALL_OF_BUSYBOX)));
      case BUSYBOX_WITHOUT_DIGESTS ->
          OpenSshNodes.start(
              settings.withEnvironment(
                  busybox(
                      directory,
                      ALL_OF_BUSYBOX.stream().filter(p -> !p.equals("sha256sum")).toList())));
      case SHELL_ALONE ->
          OpenSshNodes.start(
              settings
                  .withSftp(Sftp.OFF)
                  .withEnvironment(
                      busybox(
                          directory,
                          ALL_OF_BUSYBOX.stream().filter(p -> !p.equals("tar")).toList())));
      case SFTP_ALONE ->
          OpenSshNodes.start(
              settings.withEnvironment(busybox(directory, List.of("sh", "printf", "uname"))));
      case EMBEDDED, OPENSSH -> OpenSshNodes.start(settings);
    };
  }

  private static Map<String, String> busybox(Path directory, List<String> programs)
      throws IOException {
    Path busybox = Path.of("/usr/bin/busybox");
    Assumptions.assumeTrue(Files.isExecutable(busybox), "no /usr/bin/busybox (package busybox)");
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.copy(busybox, bin.resolve("busybox"));
    for (String program : programs) {
      Files.createSymbolicLink(bin.resolve(program), Path.of("busybox"));
    }
    return Map.of("PATH", bin.toString());
  }

  /** Whether times come with fractions of seconds. */
  boolean tellsFractions() {
    return this == EMBEDDED || this == OPENSSH;
  }

  boolean digests() {
    return this != BUSYBOX_WITHOUT_DIGESTS && this != SFTP_ALONE;
  }
}
