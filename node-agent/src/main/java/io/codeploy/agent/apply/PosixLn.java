package io.codeploy.agent.apply;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;

/** The {@code ln} command, for those few links that the JDK cannot make. */
final class PosixLn {
  private PosixLn() {}

  static void link(Path link, String target) throws IOException {
    Process ln =
        new ProcessBuilder("ln", "-s", "--", target, link.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (ln.waitFor() != 0) {
        throw new IOException("ln cannot make a link to " + target);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while ln made a link");
    }
  }
}
