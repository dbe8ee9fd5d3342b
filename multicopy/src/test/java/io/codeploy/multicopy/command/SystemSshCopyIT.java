package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.CommandRunner;
import io.codeploy.multiquery.command.Controls;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies over the system's ssh. */
class SystemSshCopyIT {
  @TempDir Path root;

  private String copy(SshNodes nodes, String... paths) throws IOException {
    Path list = Files.writeString(root.resolve("list"), nodes.nodeListFile());
    Path known = Files.writeString(root.resolve("known"), nodes.knownHosts());
    String ssh =
        "ssh -F none -i '%s' -o UserKnownHostsFile='%s'".formatted(nodes.identityFile(), known);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    TimeSource time = TimeSource.system();
    try (PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      Surroundings surroundings =
          new Surroundings(
              Map.of("MQ_NODES", list.toString(), "MQ_SSH_COMMAND", ssh),
              root,
              "nobody",
              Path.of("/tmp"),
              Path.of(""),
              "test",
              new SplittableRandom(1),
              InputStream.nullInputStream(),
              stream,
              stream,
              Controls.none());
      MulticopyCommand command =
          new MulticopyCommand((options, first) -> options.connector(surroundings, time), time);
      ExitCode code =
          CommandRunner.run(MulticopyCommand.spec(), surroundings, List.of(paths), command::run);
      String text = said.toString(StandardCharsets.UTF_8);
      assertEquals(ExitCode.OK, code, text);
      return text;
    }
  }

  @Test
  void pushesATreeAndPullsItAgain() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "no /usr/bin/ssh (openssh-client)");
    assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    Path tree = Files.createDirectories(root.resolve("tree/deep"));
    Path file = tree.resolve("a file");
    Files.write(file, new byte[300_000]);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("a file"));
    try (SshNodes nodes = OpenSshNodes.start(root.resolve("n"), 2)) {
      copy(nodes, root.resolve("tree").toString(), "@:pushed");
      copy(nodes, "@:push*/deep/*", root.resolve("pulled") + "/@");

      for (var node : nodes.nodes()) {
        Path back = root.resolve("pulled").resolve(nodes.listed(node));
        assertEquals(-1, Files.mismatch(file, back.resolve("a file")));
        assertEquals(
            Files.getPosixFilePermissions(file),
            Files.getPosixFilePermissions(back.resolve("a file")));
        assertEquals(
            Files.getLastModifiedTime(file), Files.getLastModifiedTime(back.resolve("a file")));
        assertEquals(
            Path.of("a file"), Files.readSymbolicLink(node.home().resolve("pushed/deep/link")));
      }
    }
  }
}
