package io.codeploy.multiquery.shell;

import io.codeploy.multiquery.connect.ArrayInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a watched command is held by: a stream that ends only when it is closed. What is offered
 * goes over it, in that order; a reader waits for more. One reader at a time: what one that was
 * interrupted has not read is left for the next. Any thread may offer and close.
 */
final class Leash extends ArrayInput {
  private final BlockingQueue<InputStream> parts = new LinkedBlockingQueue<>();
  private final InputStream end = InputStream.nullInputStream();
  private InputStream current = InputStream.nullInputStream();

  void offer(byte[] bytes) {
    parts.add(new ByteArrayInputStream(bytes));
  }

  /** The input, and what tells the node that it is complete. */
  void offer(BroadcastInput input) {
    parts.add(input.open());
    offer(Watch.TRAILER.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = current == end ? -1 : current.read(bytes, offset, length);
    while (n < 0 && current != end) {
      InputStream next = next();
      current.close();
      current = next;
      n = current == end ? -1 : current.read(bytes, offset, length);
    }
    return n;
  }

  private InputStream next() throws InterruptedIOException {
    try {
      return parts.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted on the leash");
    }
  }

  /** The reader comes to the end of the stream after what was offered before. */
  @Override
  public void close() {
    parts.add(end);
  }
}
