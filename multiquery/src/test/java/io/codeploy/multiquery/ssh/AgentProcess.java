package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An ssh-agent of the test's own. */
record AgentProcess(Process process, Path socket) implements AutoCloseable {
  static AgentProcess start(Path root) throws IOException {
    return start(root, Map.of());
  }

  /** One with additional variables and options. */
  static AgentProcess start(Path root, Map<String, String> environment, String... options)
      throws IOException {
    Path socket = root.resolve("agent.sock");
    List<String> command = new ArrayList<>(List.of("ssh-agent", "-D", "-a", socket.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    Poll.until("ssh-agent listens", () -> Files.exists(socket));
    return new AgentProcess(process, socket);
  }

  void add(Path key) throws Exception {
    add(Map.of(), key.toString());
  }

  /** Runs ssh-add. */
  void add(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ssh-add", "-q"));
    command.addAll(List.of(arguments));
    ProcessBuilder add = new ProcessBuilder(command);
    add.environment().put("SSH_AUTH_SOCK", socket.toString());
    add.environment().putAll(environment);
    assertEquals(0, add.inheritIO().start().waitFor());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
