package io.codeploy.cli.deploy;

import io.codeploy.cli.deploy.DeployEvent.NodeProgressed;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Hands events of many threads to a listener on a thread of its own, so that a slow terminal holds
 * up no node. When the listener lags, progress is left out; nothing else is.
 */
final class SerialListener implements DeployListener, AutoCloseable {
  /** With more events waiting than this, progress is old before it is seen. */
  private static final int MAX_WAITING = 1000;

  private final BlockingQueue<Optional<DeployEvent>> queue = new LinkedBlockingQueue<>();
  private final DeployListener listener;
  private final Thread thread;

  SerialListener(DeployListener listener) {
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("codeploy-view").start(this::deliver);
  }

  /** Never blocks. */
  @Override
  public void on(DeployEvent event) {
    if (!(event instanceof NodeProgressed) || queue.size() < MAX_WAITING) {
      queue.add(Optional.of(event));
    }
  }

  /** Waits until everything is delivered; an interruption is kept for afterwards. */
  @Override
  public void close() {
    queue.add(Optional.empty());
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver() {
    try {
      for (Optional<DeployEvent> next = queue.take(); next.isPresent(); next = queue.take()) {
        listener.on(next.get());
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    }
  }
}
