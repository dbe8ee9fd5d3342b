package io.codeploy.multiquery.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Two byte streams that are closed together. One reader and one writer at a time. */
public interface ByteStream extends AutoCloseable {
  /** What the other end sends. */
  InputStream in();

  /** What the other end receives; flushed by the caller. */
  OutputStream out();

  @Override
  void close() throws IOException;
}
