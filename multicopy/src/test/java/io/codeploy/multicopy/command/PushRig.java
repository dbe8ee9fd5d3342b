package io.codeploy.multicopy.command;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.CommandRunner;
import io.codeploy.multiquery.command.Controls;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.shell.Script;
import io.codeploy.multiquery.ssh.MinaConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs multicopy in this process against some nodes. */
record PushRig(Path directory, SshNodes nodes) {
  /** How a run went. */
  record Result(ExitCode code, String out, String err) {
    private static final Pattern BYTES = Pattern.compile("\"bytes\":(\\d+)");

    /** What is said of a node, with {@code --json} and in order. */
    String line(int rank) {
      return out.lines().toList().get(rank);
    }

    /** How many bytes were copied to or from a node, as its line has it. */
    long bytes(int rank) {
      Matcher matcher = BYTES.matcher(line(rank));
      if (!matcher.find()) {
        throw new AssertionError(out + err);
      }
      return Long.parseLong(matcher.group(1));
    }
  }

  Result run(String... words) throws IOException {
    return run(Map.of(), words);
  }

  Result run(Map<String, String> variables, String... words) throws IOException {
    Path ssh = Files.createDirectories(directory.resolve("operator/.ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    Path list = Files.writeString(directory.resolve("node_list"), nodes.nodeListFile());
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("MQ_NODES", list.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      Surroundings surroundings =
          new Surroundings(
              environment,
              directory.resolve("operator"),
              "nobody",
              directory,
              Path.of(""),
              "test",
              new SplittableRandom(1),
              InputStream.nullInputStream(),
              outStream,
              errStream,
              Controls.none());
      ExitCode code = run(surroundings, List.of(words));
      return new Result(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  private ExitCode run(Surroundings surroundings, List<String> words) {
    TimeSource time = TimeSource.system();
    MulticopyCommand command =
        new MulticopyCommand(
            (options, first) ->
                new MinaConnector(
                    surroundings
                        .ssh(options.slice())
                        .withIdentityFiles(List.of(nodes.identityFile())),
                    time),
            time);
    return CommandRunner.run(MulticopyCommand.spec(), surroundings, words, command::run);
  }

  /** Starts it in a process of its own. */
  Process start(String... words) throws IOException {
    return process(command(words)).start();
  }

  /** The same on a terminal of its own, whose screen goes to the file {@code out}. */
  Process startOnTerminal(String... words) throws IOException {
    String typed = command(words).stream().map(Script::quoted).collect(Collectors.joining(" "));
    return process(List.of("script", "-qefc", "exec " + typed, "/dev/null")).start();
  }

  private static List<String> command(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    return command;
  }

  private ProcessBuilder process(List<String> command) throws IOException {
    Path home = directory.resolve("operator");
    Path ssh = Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    Files.copy(
        nodes.identityFile(), ssh.resolve("id_ed25519"), StandardCopyOption.REPLACE_EXISTING);
    Path list = Files.writeString(directory.resolve("node_list"), nodes.nodeListFile());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("SHELL", "/bin/sh");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HOME", home.toString());
    environment.put("MQ_NODES", list.toString());
    return builder
        .redirectOutput(home.resolve("out").toFile())
        .redirectError(home.resolve("err").toFile());
  }

  /** Returns when {@code condition} holds, which it does in time. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    for (int i = 0; !condition.call(); i++) {
      if (i == 20_000) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Stages that are left somewhere below {@code root}. */
  static List<Path> stages(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.getFileName().toString().startsWith(".multicopy")).toList();
    } catch (UncheckedIOException e) {
      // Something went away meanwhile.
      return List.of();
    }
  }
}
