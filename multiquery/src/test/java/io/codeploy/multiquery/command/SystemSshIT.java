package io.codeploy.multiquery.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process, when it has the system's ssh connect. */
class SystemSshIT {
  @TempDir Path root;
  @TempDir Path home;

  @BeforeEach
  void needsSsh() {
    Installed.assume("ssh", "openssh-client");
  }

  private Process start(SshNodes nodes, Path temporary, String... command) throws IOException {
    Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
    Path known = Files.writeString(home.resolve("known"), nodes.knownHosts());
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.command().addAll(List.of(command));
    builder.environment().put("MQ_NODES", list.toString());
    builder.environment().put("MQ_ORDER", "1");
    builder.environment().put("MQ_TIMEOUT", "0");
    builder
        .environment()
        .put(
            "MQ_SSH_COMMAND",
            "ssh -F none -i '%s' -o UserKnownHostsFile='%s'"
                .formatted(nodes.identityFile(), known));
    return builder
        .redirectOutput(home.resolve("out").toFile())
        .redirectError(home.resolve("err").toFile())
        .start();
  }

  private String said(String stream) {
    try {
      return Files.readString(home.resolve(stream));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void answersAsWithOurOwnClient() throws Exception {
    try (SshNodes nodes = Servers.OPEN_SSH.start(root, 2)) {
      Path temporary = Files.createTempDirectory(Path.of("/tmp"), "t");
      Process process = start(nodes, temporary, "echo it\\'s; echo no >&2");

      assertEquals(0, process.waitFor(), () -> said("err"));

      String expected =
          nodes.nodes().stream()
              .map(node -> nodes.listed(node) + ": " + "it's\n".getBytes(UTF_8).length)
              .map(frame -> frame + " bytes\nit's\n\n")
              .reduce("", String::concat);
      assertEquals(expected, said("out"));
      Files.delete(temporary);
    }
  }

  @Test
  void leavesNoProcessWhenItIsKilled() throws Exception {
    try (SshNodes nodes = Servers.OPEN_SSH.start(root, 1)) {
      Path temporary = Files.createTempDirectory(Path.of("/tmp"), "t");
      Path ready = nodes.nodes().getFirst().home().resolve("ready");
      Process process = start(nodes, temporary, "touch ready; sleep 30");
      try {
        Poll.until("the command runs: " + said("err"), () -> Files.exists(ready));
        assertTrue(mentioned(temporary), "its ssh processes are known by their socket");
      } finally {
        process.destroyForcibly();
      }

      Poll.until("its ssh processes are gone", () -> !mentioned(temporary));
      clear(temporary);
    }
  }

  private static boolean mentioned(Path socketDirectory) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .anyMatch(line -> line.contains("-S " + socketDirectory));
  }

  private static void clear(Path directory) throws IOException {
    try (var entries = Files.walk(directory)) {
      for (Path entry : entries.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
