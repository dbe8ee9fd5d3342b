package io.codeploy.chunkcache.store;

/**
 * Holds chunks in a store while it is open: they are evicted only when nothing else is left to
 * evict.
 */
public interface Pin extends AutoCloseable {
  /** Lets go of the chunks; again: does nothing. */
  @Override
  void close();
}
