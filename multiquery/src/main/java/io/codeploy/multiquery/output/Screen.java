package io.codeploy.multiquery.output;

import java.io.PrintStream;
import java.util.Objects;

/**
 * Where views write.
 *
 * @param out for results
 * @param err for everything else
 * @param terminal whether a person reads {@code out}
 * @param colours of what the views themselves say; the bytes of nodes are left alone
 */
public record Screen(PrintStream out, PrintStream err, boolean terminal, Colours colours) {
  public Screen {
    Objects.requireNonNull(out, "out is null");
    Objects.requireNonNull(err, "err is null");
    Objects.requireNonNull(colours, "colours is null");
  }
}
