package io.codeploy.cli.fleet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A shell script for any POSIX shell; its parts lie beside this class. */
enum Script {
  PROBE("probe.sh"),
  INSTALL_SENT("sent.sh install.sh"),
  INSTALL_FETCHED("fetched.sh install.sh"),
  START("process.sh start.sh"),
  GONE("process.sh gone.sh");

  private final String resources;

  Script(String resources) {
    this.resources = resources;
  }

  /** The script itself. */
  byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Stream.of(resources.split(" ", -1)).forEach(resource -> text.writeBytes(text(resource)));
    return text.toByteArray();
  }

  private static byte[] text(String resource) {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource + " is not in the jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command that takes the script on standard input, so that no login shell has to quote it. */
  static String fromStandardInput(List<String> arguments) {
    return "exec sh -s -- " + quoted(arguments);
  }

  /**
   * A command that holds the script, which leaves standard input to it. Not every login shell takes
   * a newline or a backslash within quotes.
   */
  String asCommand(List<String> arguments) {
    return io.codeploy.multiquery.shell.Script.command(
        new String(text(), StandardCharsets.UTF_8), arguments);
  }

  /** One word of a POSIX shell, whatever {@code text} holds. */
  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String quoted(List<String> arguments) {
    return arguments.stream().map(Script::quote).collect(Collectors.joining(" "));
  }
}
