package io.codeploy.multiquery.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code multiquery} in a process of its own. */
final class Clients {
  private Clients() {}

  static Process start(Path home, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(home, environment, Path.of("/dev/null"), arguments);
  }

  /**
   * Starts it with SIGINT as it is by default, also where ours is ignored; output goes to the files
   * {@code out} and {@code err} in its home.
   */
  static Process start(Path home, Map<String, String> environment, Path input, String... arguments)
      throws IOException {
    return command(home, environment, arguments)
        .redirectInput(input.toFile())
        .redirectOutput(home.resolve("out").toFile())
        .redirectError(home.resolve("err").toFile())
        .start();
  }

  /** The same, not started yet and with its streams as they are by default. */
  static ProcessBuilder command(Path home, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of(arguments));
    return builder(home, environment, command);
  }

  /** Starts it on a terminal of its own; its process id goes to the file {@code client}. */
  static Process startOnTerminal(Path home, Map<String, String> environment, String argument)
      throws IOException {
    return onTerminal(
        home,
        environment,
        Map.of("ARGUMENT", argument),
        "echo $$ >client.new; mv client.new client; exec "
            + String.join(" ", java())
            + " \"$ARGUMENT\"");
  }

  /** Starts it on a terminal of this type, without a command; what is written to it is typed. */
  static Process startPrompt(Path home, Map<String, String> environment, String terminal)
      throws IOException {
    return onTerminal(
        home, environment, Map.of("TERM", terminal), "exec " + String.join(" ", java()));
  }

  private static Process onTerminal(
      Path home, Map<String, String> environment, Map<String, String> more, String typed)
      throws IOException {
    ProcessBuilder builder =
        builder(home, environment, List.of("script", "-qefc", typed, "/dev/null"));
    builder.environment().putAll(more);
    builder.environment().put("SHELL", "/bin/sh");
    return builder
        .directory(home.toFile())
        .redirectOutput(home.resolve("out").toFile())
        .redirectError(home.resolve("err").toFile())
        .start();
  }

  private static List<String> java() {
    return List.of(
        "env",
        "--default-signal=INT",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  private static ProcessBuilder builder(
      Path home, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("HOME", home.toString());
    return builder;
  }
}
