package io.codeploy.multicopy.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A shell of this machine in which one program does its work only when a test lets it. */
public final class HeldShell implements AutoCloseable {
  private final Path pipe;
  private final Process process;
  private final BufferedReader out;

  private HeldShell(Path pipe, Process process) {
    this.pipe = pipe;
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts {@code sh} with {@code arguments} in {@code directory}.
   *
   * @param held name of the program
   * @param place for it; a directory of its own
   */
  public static HeldShell start(Path directory, String held, Path place, List<String> arguments)
      throws IOException, InterruptedException {
    Path pipe = place.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    Path program = place.resolve(held);
    Files.writeString(
        program,
        "#!/bin/sh\nread -r go <'%s'\nPATH=/usr/bin:/bin\nexec %s \"$@\"\n".formatted(pipe, held));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder = new ProcessBuilder("sh");
    builder.command().addAll(arguments);
    builder.environment().put("PATH", place + ":/usr/bin:/bin");
    builder.directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    return new HeldShell(pipe, builder.start());
  }

  /** What the shell reads. */
  public Writer in() {
    return process.outputWriter(StandardCharsets.UTF_8);
  }

  /** The next line that it says. */
  public String line() throws IOException {
    return String.valueOf(out.readLine());
  }

  /** Lets the program do its work. */
  public void release() throws IOException {
    Files.writeString(pipe, "go\n");
  }

  /** Returns when the shell has ended. */
  public void end() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
