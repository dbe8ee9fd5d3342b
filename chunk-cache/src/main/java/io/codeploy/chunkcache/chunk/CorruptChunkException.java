package io.codeploy.chunkcache.chunk;

import java.io.IOException;

/**
 * The bytes at hand are not the chunk that they are taken for. Whoever holds them drops them and
 * gets the chunk elsewhere.
 */
public final class CorruptChunkException extends IOException {
  private static final long serialVersionUID = 1L;

  public CorruptChunkException(String message) {
    super(message);
  }
}
