package io.codeploy.chunkcache.chunk;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts streams into chunks by their content, in a buffer of twice the longest chunk (4 MiB under
 * the standard rules) however long the stream is. The buffer is kept from stream to stream, so one
 * chunker serves one thread.
 */
public final class Chunker {
  private final FastCdc rule;
  private final byte[] buffer;

  public Chunker(FastCdc rule) {
    this.rule = rule;
    this.buffer = new byte[2 * rule.maxLength()];
  }

  /** One that cuts by {@link FastCdc#standard}. */
  public static Chunker standard() {
    return new Chunker(FastCdc.standard());
  }

  /**
   * Reads {@code in} to its end and hands on its chunks in order; none for an empty stream. Does
   * not close it. The chunks depend on the bytes only, not on how {@code in} portions them.
   *
   * @throws IOException of {@code in} or of {@code handler}; the chunks handed on before stand
   */
  public void forEachChunk(InputStream in, ChunkHandler handler) throws IOException {
    int start = 0;
    int end = 0;
    boolean more = true;
    while (true) {
      if (more && end - start < rule.maxLength()) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        end += in.readNBytes(buffer, end, buffer.length - end);
        more = end == buffer.length;
      }
      if (start == end) {
        return;
      }
      int length = rule.cut(buffer, start, end - start);
      handler.accept(buffer, start, length);
      start += length;
    }
  }
}
