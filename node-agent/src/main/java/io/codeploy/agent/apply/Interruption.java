package io.codeploy.agent.apply;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Tells an interrupted thread's I/O errors from those of a path. */
final class Interruption {
  private Interruption() {}

  /** Throws {@code e} on if it comes from an interrupt, so that no path is blamed for it. */
  static void rethrow(IOException e) throws IOException {
    if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      throw e;
    }
  }
}
