package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** The sink of one output of one node: keeps it, tells the listener, or both. */
final class OutputTap extends ArrayOutput {
  private final OutputSource source;
  private final CapturedOutput kept;
  private final QueryListener listener;
  // Held while the listener takes a piece, so that none can follow the answer.
  private final ReentrantLock lock = new ReentrantLock();
  private boolean finished;

  OutputTap(OutputSource source, CapturedOutput kept, QueryListener listener) {
    this.source = source;
    this.kept = kept;
    this.listener = listener;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    lock.lock();
    try {
      if (finished || count == 0) {
        return;
      }
      kept.write(bytes, offset, count);
      if (listener.delivery().live()) {
        listener.wrote(source, bytes, offset, count);
      }
    } catch (RuntimeException e) {
      // Whatever it is, it must reach the node's outcome; the carrier of the output is nobody's.
      throw new IOException(e.toString(), e);
    } finally {
      lock.unlock();
    }
  }

  /** What was kept; later output of a sink that was slow to let go is dropped. */
  CapturedOutput finish() {
    lock.lock();
    try {
      finished = true;
      return kept;
    } finally {
      lock.unlock();
    }
  }
}
