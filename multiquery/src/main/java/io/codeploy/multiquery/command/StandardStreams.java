package io.codeploy.multiquery.command;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Standard output and error of a process as its command sees them. */
final class StandardStreams {
  private final String name;
  private final StandardOutput results;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param name of the command
   * @param onFailure called once, when nothing can be written to {@code out} any more
   */
  StandardStreams(
      String name, OutputStream out, OutputStream err, Charset charset, Runnable onFailure) {
    this.name = name;
    this.results = new StandardOutput(out, onFailure);
    this.out = new PrintStream(new BufferedOutputStream(results), false, charset);
    this.err = new PrintStream(new Quiet(err), true, charset);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** The end of the command: what {@code code} becomes when its results went nowhere. */
  ExitCode end(ExitCode code) {
    out.flush();
    if (results.unread()) {
      return ExitCode.UNREAD;
    }
    results.failure().ifPresent(e -> err.println(name + ": standard output: " + e.getMessage()));
    err.flush();
    if (results.failure().isEmpty()) {
      return code;
    }
    // The run was interrupted because of that, and by nobody.
    return code.equals(ExitCode.INTERRUPTED) ? ExitCode.USAGE : code.or(ExitCode.USAGE);
  }

  /** Who does not read the results does not want to know either how it went. */
  private final class Quiet extends FilterOutputStream {
    Quiet(OutputStream err) {
      super(err);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (!results.unread()) {
        out.write(bytes, offset, count);
      }
    }
  }
}
