package io.codeploy.cli.deploy;

import io.codeploy.fixtures.process.Kill;
import io.codeploy.fixtures.ssh.SshNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command {@code codeploy} as a process of its own, of the classes of this build. */
final class CodeployProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private CodeployProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it for {@code nodes}, of which it knows the host keys.
   *
   * @param temp for its home directory and its output
   * @param distribution with the image of the agent in {@code agent/}
   * @param identity private key that it shows
   */
  static CodeployProcess start(
      Path temp, Path distribution, SshNodes nodes, Path identity, String list, String... arguments)
      throws IOException {
    Path home = temp.resolve("operator");
    Path ssh = Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    Files.copy(identity, ssh.resolve("id_ed25519"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(home.resolve("list"), list);
    Path output = temp.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command(distribution, arguments))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("MQ_") || name.startsWith("SSH_"));
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
    environment.put("MQ_NODES", home.resolve("list").toString());
    environment.put("LC_ALL", "C.UTF-8");
    return new CodeployProcess(builder.start(), output);
  }

  /** Whoever started this test in the background may have had SIGINT ignored. */
  private static List<String> command(Path distribution, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dcodeploy.home=" + distribution,
                "-cp",
                System.getProperty("java.class.path"),
                "io.codeploy.cli.command.Main"));
    Stream.of(arguments).forEach(command::add);
    return command;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Sends a signal by its name. */
  void signal(String name) throws IOException, InterruptedException {
    Kill.send(name, process.pid());
  }

  /** Waits for the end. */
  int exitStatus() throws InterruptedException {
    return process.waitFor();
  }

  /** What it has printed so far, results and all else. */
  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
