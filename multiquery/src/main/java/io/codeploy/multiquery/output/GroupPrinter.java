package io.codeploy.multiquery.output;

import java.io.IOException;
import java.util.List;

/** Writes groups of equal outputs. */
@FunctionalInterface
interface GroupPrinter {
  /** Writes {@code groups}, sorted, to {@code to}. */
  void print(List<OutputGroup> groups, LineWriter to) throws IOException;
}
