package io.codeploy.multiquery.command;

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
  private static final Path TERMINAL = Path.of("/dev/tty");

  private final PrintStream err;

  /** Held over a whole question: two at once would be one too many for a person. */
  private final ReentrantLock asking = new ReentrantLock();

  TerminalPerson(PrintStream err) {
    this.err = err;
  }

  @Override
  public Optional<char[]> secret(String question) {
    asking.lock();
    try (InputStream in =
            new InterruptibleInput(() -> FileChannel.open(TERMINAL, StandardOpenOption.READ));
        OutputStream out = new FileOutputStream(TERMINAL.toFile())) {
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

  private static void stty(String mode) throws IOException {
    Process process =
        new ProcessBuilder("stty", mode)
            .redirectInput(Redirect.from(TERMINAL.toFile()))
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
    err.println(notice);
  }
}
