package io.codeploy.multiquery.command;

import io.codeploy.multiquery.output.Printable;
import io.codeploy.multiquery.ssh.config.Person;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whoever sits before the controlling terminal, reached through {@code /dev/tty}, so that standard
 * input and output stay free for other things. Interruption ends a question and leaves the terminal
 * as it was.
 */
final class TerminalPerson implements Person {
  private final PrintStream err;
  private final Path terminal;

  /** Held over a whole question: two at once would be one too many for a person. */
  private final ReentrantLock asking = new ReentrantLock();

  TerminalPerson(PrintStream err) {
    this(err, Path.of("/dev/tty"));
  }

  TerminalPerson(PrintStream err, Path terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public Optional<char[]> secret(String question) {
    try {
      asking.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try (InputStream in =
            new InterruptibleInput(() -> FileChannel.open(terminal, StandardOpenOption.READ));
        OutputStream out = new FileOutputStream(terminal.toFile())) {
      stty("-echo");
      try {
        out.write(question.getBytes(StandardCharsets.UTF_8));
        return line(in);
      } finally {
        stty("echo");
        out.write('\n');
      }
    } catch (IOException e) {
      // No terminal, nobody to ask, or interrupted.
      return Optional.empty();
    } finally {
      asking.unlock();
    }
  }

  /** Bytes are taken as UTF-8. Ctrl-D alone is no answer. */
  private static Optional<char[]> line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      line.append((char) c);
      c = in.read();
    }
    if (c < 0 && line.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8).toCharArray());
  }

  private void stty(String mode) throws IOException {
    Process process =
        new ProcessBuilder("stty", mode)
            .redirectInput(Redirect.from(terminal.toFile()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void tell(String notice) {
    err.println(Printable.line(notice));
  }
}
