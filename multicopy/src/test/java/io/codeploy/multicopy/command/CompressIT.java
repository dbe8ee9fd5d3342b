package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes that are compressed, against a node that has the programs, or has not. */
class CompressIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"auto", "zstd", "gzip", "none"})
  void pushesTheSameHoweverItIsCompressed(String how) throws IOException {
    Path source = Files.createDirectories(directory.resolve("source"));
    Path large = Files.writeString(source.resolve("large"), "some line or other\n".repeat(2 << 20));
    for (int i = 0; i < 50; i++) {
      Files.writeString(source.resolve("small" + i), ("line " + i + "\n").repeat(200));
    }
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Path home = nodes.nodes().getFirst().home();
      PushRig.Result result =
          new PushRig(directory, nodes).run("--compress", how, source.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertEquals(-1, Files.mismatch(large, home.resolve("source/large")));
      for (int i = 0; i < 50; i++) {
        assertEquals(
            -1, Files.mismatch(source.resolve("small" + i), home.resolve("source/small" + i)));
      }
      assertEquals(List.of(), PushRig.stages(home));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "zstd", "gzip"})
  void pushesToANodeThatCannotUndoIt(String how) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "again and again ".repeat(10_000));
    try (SshNodes nodes = Programs.BUSYBOX.start(directory)) {
      Path home = nodes.nodes().getFirst().home();
      PushRig.Result result =
          new PushRig(directory, nodes).run("--compress", how, file.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertEquals(-1, Files.mismatch(file, home.resolve("file")));
    }
  }
}
