package io.codeploy.cli.view;

import io.codeploy.cli.deploy.DeployResult;
import io.codeploy.multiquery.output.LiveLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a run can be shown.
 *
 * @param out for results
 * @param err for all else
 * @param terminal whether {@code err} is one
 * @param colour whether a terminal is to be coloured (NO_COLOR)
 */
public record Views(PrintStream out, PrintStream err, boolean terminal, boolean colour) {
  public Views {
    Objects.requireNonNull(out, "out is null");
    Objects.requireNonNull(err, "err is null");
  }

  /** One JSON object a line on {@code out}. */
  public View json() {
    return new JsonView(out);
  }

  /** For people: live where there is a terminal. */
  public View text() {
    return terminal ? new LiveView(out, new LiveLine(err, colour)) : new PlainView(out, err);
  }

  /** Writes the summary as a JSON object into {@code file}, which is replaced. */
  public static void report(DeployResult result, Path file) throws IOException {
    Files.writeString(file, JsonView.summary(result) + "\n");
  }
}
