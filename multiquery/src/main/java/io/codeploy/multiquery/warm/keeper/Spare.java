package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.StandBy;
import io.codeploy.multiquery.shell.WaitingShell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A shell on a node that waits for one command.
 *
 * @param sinceNanos when it was started
 */
record Spare(StandBy shell, WaitingShell words, long sinceNanos) implements AutoCloseable {
  /**
   * Starts one, and returns when it waits.
   *
   * @param limit until the server has started it; who calls sees to how long it may take then
   * @return empty if there can be none: also where start-up files say something, which belongs to
   *     the output of the command
   */
  static Optional<Spare> start(
      Connection connection, WaitingShell words, Duration limit, long nowNanos)
      throws NodeFailedException, InterruptedException {
    Optional<Spare> spare =
        connection.standBy(words.script(), limit).map(shell -> new Spare(shell, words, nowNanos));
    boolean waits = false;
    try {
      waits = spare.isPresent() && spare.get().saysThatItWaits();
      return waits ? spare : Optional.empty();
    } catch (InterruptedIOException e) {
      throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      if (!waits) {
        spare.ifPresent(Spare::close);
      }
    }
  }

  private boolean saysThatItWaits() throws IOException {
    byte[] word = words.ready().getBytes(StandardCharsets.US_ASCII);
    return Arrays.equals(word, shell.err().readNBytes(word.length)) && shell.out().available() == 0;
  }

  /**
   * Has it run {@code text}; the rest as in {@link Connection#executeOnLeash}.
   *
   * @return empty if it had ended before and has run nothing
   */
  Optional<ExitStatus> run(
      String text, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    InputStream in = new SequenceInputStream(new ByteArrayInputStream(words.input(text)), leash);
    SpareErrors errors = new SpareErrors(err, words.unused());
    try (errors) {
      ExitStatus status = shell.run(in, out, errors, limit);
      return mayBeOfUnused(status) && errors.takeUnused() ? Optional.empty() : Optional.of(status);
    } catch (IOException e) {
      throw Causes.outputLost(e);
    }
  }

  /** The shell ends with 1 where its watch has gone, and by a signal if it went itself. */
  private static boolean mayBeOfUnused(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> exited.code() == 1;
      case ExitStatus.Signalled signalled -> true;
    };
  }

  @Override
  public void close() {
    shell.close();
  }
}
