package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Nodes, a user, and a program that can keep sessions: all in processes of their own. */
final class KeptSite implements AutoCloseable {
  private final SshNodes nodes;
  private final Path home;
  private final Path program;

  /** Two nodes. */
  KeptSite(Path root, Path home) throws IOException {
    this(root, home, EmbeddedSshNodes.start(root.resolve("nodes"), 2));
  }

  /** {@code nodes}, which are closed with it. */
  KeptSite(Path root, Path home, SshNodes nodes) throws IOException {
    this.home = home;
    this.nodes = nodes;
    Servers.welcome(home, nodes);
    Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
    Path dist = root.resolve("dist");
    Files.createDirectories(dist.resolve("bin"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    program =
        executable(
            dist.resolve("bin/multiquery"),
            "exec '%s' -XX:+UseSerialGC -Dcodeploy.home='%s' -cp '%s' %s \"$@\""
                .formatted(
                    java, dist, System.getProperty("java.class.path"), Main.class.getName()));
  }

  /** Writes a shell script. */
  static Path executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  SshNodes nodes() {
    return nodes;
  }

  /** Processes that were told to keep, below this home. */
  List<ProcessHandle> keepers() throws IOException {
    List<ProcessHandle> keepers = new ArrayList<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      for (ProcessHandle process : all.toList()) {
        if (commandLine(process.pid()).contains("--keeper\0" + home)) {
          keepers.add(process);
        }
      }
    }
    return keepers;
  }

  private static String commandLine(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "cmdline"));
      return new String(line, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Starts the program; output goes to the files {@code output} and {@code output.err}. */
  Process start(Path directory, String output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return builder(command, output)
        .directory(directory.toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .start();
  }

  /** Starts it on a terminal of its own, without a command; what is written to it is typed. */
  Process startPrompt(String output, String options) throws IOException {
    ProcessBuilder builder =
        builder(List.of("script", "-qefc", "exec " + program + " " + options, "/dev/null"), output);
    builder.environment().put("TERM", "dumb");
    return builder.start();
  }

  private ProcessBuilder builder(List<String> command, String output) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(home.resolve(output).toFile())
            .redirectError(home.resolve(output + ".err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("MQ_NODES", home.resolve("nodes").toString());
    builder.environment().put("MQ_TIMEOUT", "0");
    return builder;
  }

  /** What a run that goes well says. */
  String run(String... arguments) throws IOException, InterruptedException {
    return runIn(home, arguments);
  }

  /** The same in another directory. */
  String runIn(Path directory, String... arguments) throws IOException, InterruptedException {
    assertEquals(0, start(directory, "out", arguments).waitFor(), () -> read("out.err"));
    return read("out");
  }

  String read(String name) {
    try {
      return Files.readString(home.resolve(name));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Said by the nodes: which connections a run came by. */
  String connections() throws IOException, InterruptedException {
    String told = run("--persist", "10m", "--order", "echo $SSH_CONNECTION");
    if (!sockets().isEmpty()) {
      awaitSessionsAtRest();
    }
    return told;
  }

  /** A keeper hears of the end of a run a little later than we do. */
  void awaitSessionsAtRest() {
    Poll.until(
        "both are at rest",
        () -> {
          start(home, "kept", "--kept").waitFor();
          return read("kept").lines().count() >= 2;
        });
  }

  /** Of the sockets. */
  Path directory() {
    return home.resolve(".cache/codeploy/run");
  }

  List<Path> sockets() throws IOException {
    try (Stream<Path> entries = Files.list(directory())) {
      return entries.filter(path -> !path.endsWith("lock")).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public void close() throws IOException {
    for (ProcessHandle keeper : keepers()) {
      keeper.destroyForcibly();
    }
    Poll.until("the keepers are gone", () -> keepers().isEmpty());
    nodes.close();
  }
}
