package io.codeploy.multiquery.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jdk.net.ExtendedSocketOptions;

/**
 * TCP connections, for sessions that take them over. Knows nothing of the SSH library, so that they
 * can be begun before it is loaded. Closing it closes all of them, those that are under way too.
 */
final class Sockets implements AutoCloseable {
  private final AsynchronousChannelGroup group;

  /** A connection that has been begun. */
  record Dialled(AsynchronousSocketChannel channel, Future<Void> connected)
      implements AutoCloseable {
    /**
     * Waits until it is made.
     *
     * @throws IOException if it is not; the channel is then closed, as after all that is thrown
     */
    AsynchronousSocketChannel made(long limitMillis)
        throws IOException, InterruptedException, TimeoutException {
      boolean made = false;
      try {
        connected.get(limitMillis, TimeUnit.MILLISECONDS);
        made = true;
        return channel;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      } finally {
        if (!made) {
          close();
        }
      }
    }

    @Override
    public void close() {
      hangUp(channel);
    }
  }

  /**
   * None yet.
   *
   * @param threads for what follows when a socket is ready
   */
  Sockets(ExecutorService threads) {
    try {
      group = AsynchronousChannelGroup.withThreadPool(threads);
    } catch (IOException e) {
      throw new IllegalStateException("no sockets can be waited for", e);
    }
  }

  /**
   * Begins a connection.
   *
   * @param from address of this machine to connect from
   */
  Dialled dial(InetSocketAddress to, Optional<InetAddress> from) throws IOException {
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group);
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      if (from.isPresent()) {
        // Or ports of connections that have just ended would not do.
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(from.get(), 0));
      }
      return new Dialled(channel, channel.connect(to));
    } catch (IOException | RuntimeException e) {
      hangUp(channel);
      throw e;
    }
  }

  /** For connections that others make. */
  AsynchronousChannelGroup group() {
    return group;
  }

  /**
   * Has the next bytes that come in acknowledged at once, where the system can do that. A server
   * that writes twice in a row holds the second back until the first is acknowledged (Nagle's
   * algorithm), which may take 40 ms where nothing is sent that the acknowledgement could go with.
   */
  static void acknowledgeSoon(AsynchronousSocketChannel channel) {
    try {
      if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
        channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
      }
    } catch (IOException | RuntimeException e) {
      // It takes longer then.
    }
  }

  static void hangUp(AsynchronousSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }

  @Override
  public void close() {
    try {
      group.shutdownNow();
    } catch (IOException e) {
      // What is still open ends with the process.
    }
  }
}
