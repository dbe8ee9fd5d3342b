package io.codeploy.multiquery.socket;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A thread that tells sockets when they can be read or written. Virtual threads that wait for a
 * blocking socket are served by a thread of the JDK that nothing ends; as it is in the system when
 * the process wants to exit, the JVM waits 0.3 s for it. This one ends when it is closed.
 */
public final class SocketWatch implements AutoCloseable {
  private final Selector selector;
  private volatile boolean closed;

  private SocketWatch(Selector selector) {
    this.selector = selector;
  }

  /** Starts it. */
  public static SocketWatch start() throws IOException {
    SocketWatch watch = new SocketWatch(Selector.open());
    Thread.ofPlatform().daemon().name("socket-watch").start(watch::run);
    return watch;
  }

  /** Has {@code socket} told of {@code channel}, which is in non-blocking mode. */
  SelectionKey add(SocketChannel channel, LocalSocket socket) throws IOException {
    try {
      SelectionKey key = channel.register(selector, 0, socket);
      if (!closed) {
        return key;
      }
    } catch (ClosedSelectorException e) {
      // As below.
    }
    throw new IOException("the sockets are no longer watched");
  }

  /** Has what was changed about keys and channels seen now; false if nothing is, any more. */
  boolean look() {
    selector.wakeup();
    return !closed;
  }

  private void run() {
    try (selector) {
      while (!closed) {
        selector.select(SocketWatch::ready);
      }
      selector.keys().forEach(key -> ((LocalSocket) key.attachment()).close());
    } catch (IOException e) {
      throw new IllegalStateException("waiting for sockets failed", e);
    }
  }

  private static void ready(SelectionKey key) {
    try {
      int operations = key.readyOps();
      key.interestOpsAnd(~operations);
      ((LocalSocket) key.attachment()).ready(operations);
    } catch (CancelledKeyException e) {
      // Closed just now, which tells its users.
    }
  }

  /** Closes the sockets, too. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
