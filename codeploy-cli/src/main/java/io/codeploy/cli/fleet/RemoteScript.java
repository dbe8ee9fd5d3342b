package io.codeploy.cli.fleet;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Runs one of our scripts on a node and reads its marked lines. */
final class RemoteScript {
  /** Far more than any of the scripts prints. */
  private static final int MAX_OUTPUT_BYTES = 256 << 10;

  private RemoteScript() {}

  /**
   * Runs {@code command}; {@code stdin} is sent whole.
   *
   * @throws NodeFailedException also where the script printed {@code error=…}, or no marked lines
   *     although it was to print some
   */
  static Marked run(Connection connection, String command, InputStream stdin, Duration limit)
      throws NodeFailedException, InterruptedException {
    return run(connection, command, stdin, limit, () -> {});
  }

  /**
   * The same, for a script that says half-way that something has come.
   *
   * @param arrived called by whoever reads the script's output, once, if it says so
   */
  static Marked run(
      Connection connection, String command, InputStream stdin, Duration limit, Runnable arrived)
      throws NodeFailedException, InterruptedException {
    Bounded out = new Bounded();
    Bounded err = new Bounded();
    Heard heard = new Heard(out, arrived);
    ExitStatus status = connection.execute(command, stdin, heard, err, limit);
    Optional<Marked> lines = Marked.parse(out.text());
    Optional<String> error = lines.flatMap(marked -> marked.first("error"));
    if (error.isPresent()) {
      throw new NodeFailedException(new RemoteFailure(error.get()));
    }
    if (lines.isEmpty() && !status.success()) {
      throw new NodeFailedException(
          new RemoteFailure("no POSIX shell answered as it should" + lastLine(err.text())));
    }
    return lines.orElse(new Marked(java.util.List.of()));
  }

  private static String lastLine(String text) {
    String last = text.strip().lines().reduce("", (first, second) -> second);
    return last.isEmpty() ? "" : ": " + last;
  }

  /** Keeps the last bytes: what a script says comes after what a profile says. */
  private static final class Bounded extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      trim();
    }

    @Override
    public synchronized void write(int value) {
      super.write(value);
      trim();
    }

    private void trim() {
      if (count > 2 * MAX_OUTPUT_BYTES) {
        System.arraycopy(buf, count - MAX_OUTPUT_BYTES, buf, 0, MAX_OUTPUT_BYTES);
        count = MAX_OUTPUT_BYTES;
      }
    }

    synchronized String text() {
      return toString(StandardCharsets.UTF_8);
    }
  }
}
