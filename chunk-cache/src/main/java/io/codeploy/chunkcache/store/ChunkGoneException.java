package io.codeploy.chunkcache.store;

import java.io.IOException;

/** A source has a chunk no more and never will. */
public class ChunkGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@code message} is one line that says why, and a remedy. */
  public ChunkGoneException(String message) {
    super(message);
  }
}
