package io.codeploy.multiquery.output;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lines of our own. */
final class Lines {
  private Lines() {}

  /** Writes a line in one write, in UTF-8. What a node put into it is made harmless. */
  static void print(PrintStream to, String line) {
    byte[] bytes = (Printable.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
    to.write(bytes, 0, bytes.length);
    to.flush();
  }
}
